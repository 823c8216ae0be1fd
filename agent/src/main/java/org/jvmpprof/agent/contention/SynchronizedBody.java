package org.jvmpprof.agent.contention;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** Does by instructions, with hooks, what the flag {@code synchronized} has done. */
final class SynchronizedBody extends WrappedBody {
  private final boolean isStatic;
  private final boolean hasBlocks;
  private final String owner;
  private final List<Label> starts = new ArrayList<>();
  private final List<Label> ends = new ArrayList<>();

  /** How many of the body's own exception ranges cover the place. */
  private int covering;

  private static final String OBJECT = "java/lang/Object";

  /**
   * Makes the body one block.
   *
   * @param owner internal name of the class
   * @param hasBlocks whether the body itself enters monitors
   * @param slot the first free local variable
   */
  SynchronizedBody(
      MethodVisitor to,
      boolean isStatic,
      String owner,
      boolean hasBlocks,
      int slot,
      boolean framed) {
    super(to, slot, OBJECT, framed);
    this.isStatic = isStatic;
    this.hasBlocks = hasBlocks;
    this.owner = owner;
  }

  @Override
  public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
    starts.add(start);
    ends.add(end);
    mv.visitTryCatchBlock(start, end, handler, type);
  }

  @Override
  public void visitLabel(Label label) {
    super.visitLabel(label);
    for (int i = 0; i < starts.size(); i++) {
      covering += starts.get(i) == label ? 1 : 0;
      covering -= ends.get(i) == label ? 1 : 0;
    }
  }

  @Override
  void enter() {
    if (isStatic) {
      mv.visitLdcInsn(Type.getObjectType(owner));
    } else {
      mv.visitVarInsn(Opcodes.ALOAD, 0);
    }
    if (hasBlocks) {
      // HotSpot compiles no method that enters a monitor twice, as told by where the value is from:
      // a block on the same object must not be seen to be that.
      mv.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          "java/util/Objects",
          "requireNonNull",
          "(Ljava/lang/Object;)Ljava/lang/Object;",
          false);
    }
    mv.visitInsn(Opcodes.DUP);
    mv.visitVarInsn(Opcodes.ASTORE, slot);
    Label held = new Label();
    HookCalls.enter(mv, held);
    beginRange(held);
  }

  @Override
  void leave() {
    beginRangeHere();
    mv.visitVarInsn(Opcodes.ALOAD, slot);
    if (covering > 0) {
      HookCalls.exitWithinRange(mv);
      endRangeHere();
    } else {
      Label free = new Label();
      HookCalls.exit(mv, free);
      endRange(free);
    }
  }

  @Override
  void unwind() {
    Label free = new Label();
    mv.visitVarInsn(Opcodes.ALOAD, slot);
    HookCalls.exit(mv, free);
    // What the hook throws must not lead to the hook again.
    useAnotherHandler();
    endRange(free);
    mv.visitInsn(Opcodes.ATHROW);
    writeHandler();
    mv.visitVarInsn(Opcodes.ALOAD, slot);
    mv.visitInsn(Opcodes.MONITOREXIT);
    endRangeHere();
  }
}
