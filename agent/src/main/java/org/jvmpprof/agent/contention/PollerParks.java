package org.jvmpprof.agent.contention;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Lets the parks for input and output be told from others: a class that does nothing else parks on
 * itself. Thread dumps show it as what the thread is parked on.
 */
final class PollerParks extends ClassVisitor {
  private final Type owner;

  private PollerParks(ClassVisitor to, String owner) {
    super(Opcodes.ASM9, to);
    this.owner = Type.getObjectType(owner);
  }

  /** Rewrites a class. */
  static byte[] weave(ClassReader reader) {
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(new PollerParks(writer, reader.getClassName()), 0);
    return writer.toByteArray();
  }

  @Override
  public @Nullable MethodVisitor visitMethod(
      int access,
      String method,
      String methodDescriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    MethodVisitor to = super.visitMethod(access, method, methodDescriptor, signature, exceptions);
    return new MethodVisitor(Opcodes.ASM9, to) {
      @Override
      public void visitMethodInsn(
          int opcode, String owner, String name, String descriptor, boolean isInterface) {
        boolean parks = JdkSites.isPark(owner, name);
        if (parks) {
          visitLdcInsn(PollerParks.this.owner);
          setBlocker();
        }
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        if (parks) {
          visitInsn(Opcodes.ACONST_NULL);
          setBlocker();
        }
      }

      private void setBlocker() {
        super.visitMethodInsn(
            Opcodes.INVOKESTATIC,
            JdkSites.LOCK_SUPPORT,
            "setCurrentBlocker",
            "(Ljava/lang/Object;)V",
            false);
      }
    };
  }
}
