package org.jvmpprof.agent.contention;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** Leads calls of {@code Object.wait} through the hook, for JVMs where it is a native method. */
final class WaitCalls extends MethodVisitor {
  WaitCalls(MethodVisitor to) {
    super(Opcodes.ASM9, to);
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String name, String descriptor, boolean isInterface) {
    if (isWait(opcode, name, descriptor)) {
      String withReceiver = "(Ljava/lang/Object;".concat(descriptor.substring(1));
      mv.visitMethodInsn(Opcodes.INVOKESTATIC, HookCalls.WAIT, "waitOn", withReceiver, false);
    } else {
      mv.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    }
  }

  /** Whatever the owner: {@code wait} is final in Object. */
  private static boolean isWait(int opcode, String name, String descriptor) {
    return (opcode == Opcodes.INVOKEVIRTUAL || opcode == Opcodes.INVOKESPECIAL)
        && name.equals("wait")
        && (descriptor.equals("()V") || descriptor.equals("(J)V") || descriptor.equals("(JI)V"));
  }
}
