package org.jvmpprof.agent.contention;

import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * The calls that are put into methods. Tokens wait on the operand stack: no local variable, no
 * branch and no frame is added, whatever the class-file version.
 */
final class HookCalls {
  /** In java.base, where every class loader finds it. */
  static final String HOOK = "java/lang/JvmPprofContention";

  /** For JVMs whose {@code Object.wait} is native. */
  static final String WAIT = "java/lang/JvmPprofWait";

  /** For those that spin before they park. */
  static final String SPINS = "java/lang/JvmPprofSpins";

  private HookCalls() {}

  /**
   * Enters the monitor on top of the stack.
   *
   * @param held visited when it is held: where the range begins whose handler frees it. HotSpot
   *     compiles no method that can throw between the two.
   */
  static void enter(MethodVisitor to, Label held) {
    // Linking the call that ends a wait takes longer than many a wait: it comes before the begin.
    to.visitInsn(Opcodes.LCONST_0);
    call(to, "after", "(J)V");
    to.visitInsn(Opcodes.DUP);
    call(to, "before", "(Ljava/lang/Object;)J");
    to.visitInsn(Opcodes.DUP2_X1);
    to.visitInsn(Opcodes.POP2);
    to.visitInsn(Opcodes.MONITORENTER);
    to.visitLabel(held);
    call(to, "after", "(J)V");
  }

  /**
   * Exits the monitor on top of the stack.
   *
   * @param free visited when it is free: where the range ends whose handler frees it
   */
  static void exit(MethodVisitor to, Label free) {
    to.visitInsn(Opcodes.DUP);
    call(to, "exit", "(Ljava/lang/Object;)J");
    to.visitInsn(Opcodes.DUP2_X1);
    to.visitInsn(Opcodes.POP2);
    to.visitInsn(Opcodes.MONITOREXIT);
    to.visitLabel(free);
    call(to, "released", "(J)V");
  }

  /** As {@link #exit}, where the range goes on: nothing may be called there when it is free. */
  static void exitWithinRange(MethodVisitor to) {
    to.visitInsn(Opcodes.DUP);
    call(to, "exit", "(Ljava/lang/Object;)J");
    call(to, "released", "(J)V");
    to.visitInsn(Opcodes.MONITOREXIT);
  }

  /** Calls one of the hook's methods. */
  static void call(MethodVisitor to, String name, String descriptor) {
    to.visitMethodInsn(Opcodes.INVOKESTATIC, HOOK, name, descriptor, false);
  }
}
