package org.jvmpprof.agent.threads;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Makes the {@code start} methods of the JDK's thread classes call {@code
 * java.lang.JvmPprofThreads} when nothing can refuse the start any more, and before the new thread
 * runs.
 */
final class StartTransformer implements ClassFileTransformer {
  private static final String HOOK = "java/lang/JvmPprofThreads";

  /** For each class, the call in its start methods that the hook comes before, and the hook. */
  private static final Map<String, Site> SITES =
      Map.of(
          "java/lang/Thread",
          new Site("start0", "starting"),
          "java/lang/VirtualThread",
          new Site("setThreadContainer", "startingVirtual"));

  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  private record Site(String before, String hook) {}

  /** Why a class was left as it is; null when none was. */
  @Nullable Throwable failure() {
    return failure.get();
  }

  @Override
  @SuppressWarnings("NullAway") // the loader of java.lang, and "unchanged", are null
  public byte @Nullable [] transform(
      ClassLoader loader,
      String className,
      Class<?> classBeingRedefined,
      ProtectionDomain domain,
      byte[] classFile) {
    if (loader != null || className == null) {
      return null;
    }
    Site site = SITES.get(className);
    try {
      return site == null ? null : weave(classFile, site);
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
      return null;
    }
  }

  private static byte[] weave(byte[] classFile, Site site) {
    ClassReader reader = new ClassReader(classFile);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    StartMethods methods = new StartMethods(writer, site);
    reader.accept(methods, 0);
    if (!methods.found) {
      throw new IllegalStateException("no start calls " + site.before);
    }
    return writer.toByteArray();
  }

  private static final class StartMethods extends ClassVisitor {
    private final Site site;
    boolean found;

    StartMethods(ClassVisitor next, Site site) {
      super(Opcodes.ASM9, next);
      this.site = site;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      return name.equals("start") ? new Calls(next) : next;
    }

    private final class Calls extends MethodVisitor {
      Calls(MethodVisitor next) {
        super(Opcodes.ASM9, next);
      }

      @Override
      public void visitMethodInsn(
          int opcode, String owner, String name, String descriptor, boolean ofInterface) {
        if (name.equals(site.before)) {
          found = true;
          super.visitVarInsn(Opcodes.ALOAD, 0);
          super.visitMethodInsn(
              Opcodes.INVOKESTATIC, HOOK, site.hook, "(Ljava/lang/Thread;)V", false);
        }
        super.visitMethodInsn(opcode, owner, name, descriptor, ofInterface);
      }
    }
  }
}
