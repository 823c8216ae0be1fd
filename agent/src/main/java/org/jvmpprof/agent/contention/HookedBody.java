package org.jvmpprof.agent.contention;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** Times a whole method of the JDK: a park or a wait. */
final class HookedBody extends WrappedBody {
  private final Kind kind;
  private final boolean hasObject;

  /** Which pair of hooks. */
  enum Kind {
    PARK("parkBefore", "parkAfter", "(J)V"),
    WAIT("waitBefore", "waitAfter", "(Ljava/lang/Object;J)V");

    private final String before;
    private final String after;
    private final String afterDescriptor;

    Kind(String before, String after, String afterDescriptor) {
      this.before = before;
      this.after = after;
      this.afterDescriptor = afterDescriptor;
    }
  }

  /**
   * Calls the hooks around a body.
   *
   * @param hasObject whether local variable 0 is the object that is waited for
   * @param slot the first free local variable
   */
  HookedBody(MethodVisitor to, Kind kind, boolean hasObject, int slot) {
    super(to, slot, Opcodes.LONG, true);
    this.kind = kind;
    this.hasObject = hasObject;
  }

  @Override
  Object[] unchangedLocals() {
    return kind == Kind.WAIT ? new Object[] {"java/lang/Object"} : super.unchangedLocals();
  }

  @Override
  void enter() {
    object();
    HookCalls.call(mv, kind.before, "(Ljava/lang/Object;)J");
    mv.visitVarInsn(Opcodes.LSTORE, slot);
  }

  @Override
  void leave() {
    endRangeHere();
    after();
  }

  @Override
  void unwind() {
    // An exception of the hook itself must not lead to the hook again.
    dropRange();
    after();
  }

  private void after() {
    if (kind == Kind.WAIT) {
      object();
    }
    mv.visitVarInsn(Opcodes.LLOAD, slot);
    HookCalls.call(mv, kind.after, kind.afterDescriptor);
  }

  private void object() {
    if (hasObject) {
      mv.visitVarInsn(Opcodes.ALOAD, 0);
    } else {
      mv.visitInsn(Opcodes.ACONST_NULL);
    }
  }
}
