package org.jvmpprof.agent.contention;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** The few classes of the JDK that are rewritten: where threads park and wait. */
final class JdkSites {
  /** Where every class of java.util.concurrent waits. */
  static final String LOCK_SUPPORT = "java/util/concurrent/locks/LockSupport";

  /** Where {@code wait} is a Java method, on JDKs with JEP 491. */
  static final String OBJECT = "java/lang/Object";

  /** Classes whose calls of {@code wait} are rewritten where that is a native method. */
  static final List<String> WAITING =
      List.of(
          // Thread.join
          "java/lang/Thread",
          // java.util.Timer, which waits for its next task
          "java/util/TimerThread",
          // Process.waitFor
          "java/lang/ProcessImpl",
          // ReferenceQueue.remove, where caches and cleaners wait
          "java/lang/ref/ReferenceQueue",
          // Pipes between threads: a reader waits for the writer, a writer for room
          "java/io/PipedInputStream",
          "java/io/PipedReader",
          "java/io/PipedWriter");

  private JdkSites() {}

  /** Rewrites LockSupport or Object; null when it has none of the methods that are looked for. */
  static byte @Nullable [] weave(String className, byte[] classFile, MonitorScan scan) {
    ClassReader reader = new ClassReader(classFile);
    Set<String> delegating = new HashSet<>();
    reader.accept(new Delegations(delegating), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    Sites sites = new Sites(writer, className, scan, delegating);
    reader.accept(sites, ClassReader.EXPAND_FRAMES);
    return sites.found ? writer.toByteArray() : null;
  }

  static boolean isPark(String owner, String name) {
    return owner.equals(LOCK_SUPPORT) && name.startsWith("park");
  }

  /** Finds the park methods that do their work by another one, which is hooked anyway. */
  private static final class Delegations extends ClassVisitor {
    private final Set<String> delegating;

    Delegations(Set<String> delegating) {
      super(Opcodes.ASM9);
      this.delegating = delegating;
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String method,
        String methodDescriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public void visitMethodInsn(
            int opcode, String owner, String name, String descriptor, boolean isInterface) {
          if (isPark(owner, name)) {
            delegating.add(method.concat(methodDescriptor));
          }
        }
      };
    }
  }

  /** Puts hooks into the methods of LockSupport and Object. */
  private static final class Sites extends ClassVisitor {
    private final String className;
    private final MonitorScan scan;
    private final Set<String> delegating;
    private int method;
    private boolean found;

    Sites(ClassVisitor to, String className, MonitorScan scan, Set<String> delegating) {
      super(Opcodes.ASM9, to);
      this.className = className;
      this.scan = scan;
      this.delegating = delegating;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor writer = super.visitMethod(access, name, descriptor, signature, exceptions);
      int maxLocals = scan.maxLocals(method++);
      boolean withBody = (access & (Opcodes.ACC_NATIVE | Opcodes.ACC_ABSTRACT)) == 0;
      MethodVisitor hooked = withBody ? hooked(writer, name, descriptor, maxLocals) : writer;
      found |= hooked != writer;
      return hooked;
    }

    private MethodVisitor hooked(MethodVisitor to, String name, String descriptor, int maxLocals) {
      if (className.equals(OBJECT)) {
        return name.equals("wait") && descriptor.equals("(J)V")
            ? new HookedBody(to, HookedBody.Kind.WAIT, true, maxLocals)
            : to;
      }
      boolean parks = isPark(className, name) && !delegating.contains(name.concat(descriptor));
      boolean hasBlocker = descriptor.startsWith("(Ljava/lang/Object;");
      return parks ? new HookedBody(to, HookedBody.Kind.PARK, hasBlocker, maxLocals) : to;
    }
  }
}
