package org.jvmpprof.it.programs;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.LockSupport;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Another agent, which changes classes that this one changes too, again and again while the program
 * runs. Prints {@code retransformed} at the end, how often it did.
 */
public final class RetransformingAgent implements ClassFileTransformer {
  private static final List<Class<?>> OF_JDK =
      List.of(LockSupport.class, AbstractQueuedSynchronizer.class);

  /** Only its name: what is loaded before an agent comes has no hooks at its methods. */
  private static final String PROGRAM = "org.jvmpprof.it.programs.HoldersProgram";

  private static final int ROUNDS = 10;

  private static final AtomicInteger COUNT = new AtomicInteger();

  private RetransformingAgent() {}

  /** Begins. */
  public static void premain(String argument, Instrumentation instrumentation) {
    instrumentation.addTransformer(new RetransformingAgent(), true);
    Thread thread = new Thread(() -> retransform(instrumentation), "retransforming");
    thread.setDaemon(true);
    thread.start();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> System.out.println("retransformed=" + COUNT)));
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      String className,
      @Nullable Class<?> classBeingRedefined,
      @Nullable ProtectionDomain protectionDomain,
      byte[] classFile) {
    if (classBeingRedefined == null || !isWanted(classBeingRedefined)) {
      return null;
    }
    COUNT.incrementAndGet();
    ClassReader reader = new ClassReader(classFile);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(new Changed(writer), 0);
    return writer.toByteArray();
  }

  private static void retransform(Instrumentation instrumentation) {
    try {
      for (int round = 0; round < ROUNDS; round++) {
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
          if (isWanted(type) && instrumentation.isModifiableClass(type)) {
            instrumentation.retransformClasses(type);
          }
        }
        Pause.millis(20);
      }
    } catch (UnmodifiableClassException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isWanted(Class<?> type) {
    return OF_JDK.contains(type) || type.getName().startsWith(PROGRAM);
  }

  /** Has each method begin with something that does no harm. */
  private static final class Changed extends ClassVisitor {
    Changed(ClassVisitor to) {
      super(Opcodes.ASM9, to);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return new MethodVisitor(
          Opcodes.ASM9, super.visitMethod(access, name, descriptor, signature, exceptions)) {
        @Override
        public void visitCode() {
          super.visitCode();
          super.visitMethodInsn(
              Opcodes.INVOKESTATIC, "java/lang/Thread", "onSpinWait", "()V", false);
        }
      };
    }
  }
}
