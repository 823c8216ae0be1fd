package org.jvmpprof.agent.contention;

import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Where the JDK's locks wake the first of their queue because somebody has released them. Waiters
 * are woken for other reasons, too: one before them gave up, a reader lets the next one in.
 */
final class ReleaseSites {
  /** The internal names of the classes. */
  static final List<String> NAMES =
      List.of(
          // ReentrantLock, ReentrantReadWriteLock
          "java/util/concurrent/locks/AbstractQueuedSynchronizer",
          // ReentrantReadWriteLock in later JDKs
          "java/util/concurrent/locks/AbstractQueuedLongSynchronizer",
          "java/util/concurrent/locks/StampedLock");

  private static final String WAKE = "signalNext";

  /** Wakes when a waiter has given up. */
  private static final String GIVE_UP = "cleanQueue";

  private ReleaseSites() {}

  /**
   * Rewrites one of them.
   *
   * @throws IllegalStateException on a JDK whose locks wake in another way
   */
  static byte[] weave(byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    Hooks hooks = new Hooks(writer);
    reader.accept(hooks, 0);
    if (!hooks.found) {
      throw new IllegalStateException("no call of " + WAKE + ", so mutex misses who releases it");
    }
    return writer.toByteArray();
  }

  private static final class Hooks extends ClassVisitor {
    private boolean found;

    Hooks(ClassVisitor to) {
      super(Opcodes.ASM9, to);
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
        int access,
        String method,
        String methodDescriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor to = super.visitMethod(access, method, methodDescriptor, signature, exceptions);
      boolean releases = (access & Opcodes.ACC_STATIC) == 0 && !method.equals(GIVE_UP);
      return releases ? new Release(to) : to;
    }

    /**
     * Hands the head of the queue, which is on the stack, and the lock to the hook; what that says
     * is recorded when the next thread is on its way already.
     */
    private final class Release extends MethodVisitor {
      Release(MethodVisitor to) {
        super(Opcodes.ASM9, to);
      }

      @Override
      public void visitMethodInsn(
          int opcode, String owner, String name, String descriptor, boolean isInterface) {
        boolean wakes = name.equals(WAKE) && NAMES.contains(owner);
        if (wakes) {
          found = true;
          visitInsn(Opcodes.DUP);
          visitVarInsn(Opcodes.ALOAD, 0);
          HookCalls.call(mv, "handingOver", "(Ljava/lang/Object;Ljava/lang/Object;)J");
          visitInsn(Opcodes.DUP2_X1);
          visitInsn(Opcodes.POP2);
        }
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        if (wakes) {
          HookCalls.call(mv, "released", "(J)V");
        }
      }
    }
  }
}
