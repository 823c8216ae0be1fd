package org.jvmpprof.agent.contention;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Times what a method does before it parks, and the parks that LockSupport does not see. One new
 * local variable holds since when it spins, or what the park began with.
 */
final class SpinCalls extends MethodVisitor {
  private final int slot;

  /**
   * Rewrites a method; its frames must be expanded.
   *
   * @param slot the first free local variable
   */
  SpinCalls(MethodVisitor to, int slot) {
    super(Opcodes.ASM9, to);
    this.slot = slot;
  }

  static boolean isSpin(String owner, String name) {
    return owner.equals("java/lang/Thread") && (name.equals("yield") || name.equals("onSpinWait"));
  }

  /** Whether it leads to a park that has its own hook. */
  static boolean isPark(String owner, String name) {
    return JdkSites.isPark(owner, name)
        || (owner.equals("java/util/concurrent/ForkJoinPool") && name.equals("managedBlock"));
  }

  /** Whether nobody else sees this park. */
  static boolean isDirectPark(String owner, String name) {
    return owner.equals("jdk/internal/misc/Unsafe") && name.equals("park");
  }

  @Override
  public void visitCode() {
    mv.visitCode();
    forget();
  }

  @Override
  public void visitFrame(int type, int locals, Object[] local, int stackSize, Object[] stack) {
    Object[] more = WrappedBody.withSlot(locals, local, slot, Opcodes.LONG);
    mv.visitFrame(Opcodes.F_FULL, more.length, more, stackSize, stack);
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String name, String descriptor, boolean isInterface) {
    boolean direct = isDirectPark(owner, name);
    if (isSpin(owner, name)) {
      mv.visitVarInsn(Opcodes.LLOAD, slot);
      spins("spinning", "(J)J");
      mv.visitVarInsn(Opcodes.LSTORE, slot);
    } else if (direct || isPark(owner, name)) {
      mv.visitVarInsn(Opcodes.LLOAD, slot);
      spins("parking", "(J)V");
      forget();
    }
    if (direct) {
      mv.visitInsn(Opcodes.ACONST_NULL);
      HookCalls.call(mv, "parkBefore", "(Ljava/lang/Object;)J");
      mv.visitVarInsn(Opcodes.LSTORE, slot);
    }
    mv.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    if (direct) {
      mv.visitVarInsn(Opcodes.LLOAD, slot);
      HookCalls.call(mv, "parkAfter", "(J)V");
      forget();
    }
  }

  private void spins(String name, String descriptor) {
    mv.visitMethodInsn(Opcodes.INVOKESTATIC, HookCalls.SPINS, name, descriptor, false);
  }

  private void forget() {
    mv.visitInsn(Opcodes.LCONST_0);
    mv.visitVarInsn(Opcodes.LSTORE, slot);
  }
}
