package org.jvmpprof.agent.contention;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Puts something before a method's body and after each of its ends, returns and exceptions alike,
 * as javac does for {@code try} and {@code finally}. One new local variable holds what the end
 * needs to know from the beginning.
 */
abstract class WrappedBody extends InstructionVisitor {
  /** The new local variable. */
  final int slot;

  private final Object slotType;
  private final boolean framed;
  private Label handler = new Label();
  private final List<Label[]> ranges = new ArrayList<>();
  private @Nullable Label rangeStart;
  private @Nullable Label first;
  private boolean begun;

  /**
   * Wraps a body; its frames must be expanded.
   *
   * @param slot the first free local variable
   * @param slotType as in a frame
   * @param framed whether class files of this version have frames
   */
  WrappedBody(MethodVisitor to, int slot, Object slotType, boolean framed) {
    super(to);
    this.slot = slot;
    this.slotType = slotType;
    this.framed = framed;
  }

  /** Writes what comes before the body and begins a range. */
  abstract void enter();

  /** Writes what comes before a return and ends the range, so that the handler leaves it alone. */
  abstract void leave();

  /** Writes what comes before the exception on the stack is thrown on; within a range. */
  abstract void unwind();

  /** Local variables from 0 on that no instruction changes and the end needs, as in a frame. */
  Object[] unchangedLocals() {
    return new Object[0];
  }

  final void beginRange(Label at) {
    rangeStart = at;
  }

  final void endRange(Label at) {
    if (rangeStart != null) {
      ranges.add(new Label[] {rangeStart, at, handler});
      rangeStart = null;
    }
  }

  @Override
  public void visitLabel(Label label) {
    if (begun || first != null) {
      begin();
      mv.visitLabel(label);
    } else {
      // A loop may lead back to it: what comes before the body comes before this label, too.
      first = label;
    }
  }

  @Override
  public final void visitLineNumber(int line, Label start) {
    if (!begun) {
      // Stacks taken before the body show the line that the JVM shows: that of the beginning.
      Label beginning = new Label();
      mv.visitLabel(beginning);
      mv.visitLineNumber(line, beginning);
      begin();
    }
    mv.visitLineNumber(line, start);
  }

  @Override
  public final void visitFrame(
      int type, int locals, Object[] local, int stackSize, Object[] stack) {
    begin();
    Object[] more = withSlot(locals, local, slot, slotType);
    // Whole: to find how it differs from the one before takes ASM long.
    mv.visitFrame(Opcodes.F_FULL, more.length, more, stackSize, stack);
  }

  @Override
  final void beforeInstruction() {
    begin();
    beginRangeHere();
  }

  @Override
  public final void visitInsn(int opcode) {
    begin();
    if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
      leave();
    } else {
      beginRangeHere();
    }
    mv.visitInsn(opcode);
  }

  @Override
  public final void visitMaxs(int maxStack, int maxLocals) {
    endRange(handler);
    writeHandler();
    unwind();
    endRangeHere();
    mv.visitInsn(Opcodes.ATHROW);
    // Last of all, because those of the body come first.
    for (Label[] range : ranges) {
      mv.visitTryCatchBlock(range[0], range[1], range[2], null);
    }
    mv.visitMaxs(maxStack, maxLocals);
  }

  /** Writes the beginning of the handler, which covers itself until told otherwise. */
  final void writeHandler() {
    mv.visitLabel(handler);
    if (framed) {
      Object[] kept = unchangedLocals();
      Object[] locals = withSlot(kept.length, kept, slot, slotType);
      Object[] stack = {"java/lang/Throwable"};
      mv.visitFrame(Opcodes.F_FULL, locals.length, locals, 1, stack);
    }
    beginRange(handler);
  }

  /** Has ranges that end from now on covered by a handler that is written later. */
  final void useAnotherHandler() {
    handler = new Label();
  }

  final void beginRangeHere() {
    if (rangeStart == null) {
      Label start = new Label();
      mv.visitLabel(start);
      beginRange(start);
    }
  }

  final void endRangeHere() {
    if (rangeStart != null) {
      Label end = new Label();
      mv.visitLabel(end);
      endRange(end);
    }
  }

  /** Forgets the range that has begun. */
  final void dropRange() {
    rangeStart = null;
  }

  private void begin() {
    if (!begun) {
      begun = true;
      enter();
      if (first != null) {
        mv.visitLabel(first);
      }
    }
  }

  /**
   * The local variables of an expanded frame, and one more.
   *
   * @param slot where it is
   * @param slotType as in a frame
   */
  static Object[] withSlot(int locals, Object[] local, int slot, Object slotType) {
    int used = 0;
    for (int i = 0; i < locals; i++) {
      used += local[i] == Opcodes.LONG || local[i] == Opcodes.DOUBLE ? 2 : 1;
    }
    Object[] more = Arrays.copyOf(local, locals + slot - used + 1);
    Arrays.fill(more, locals, more.length, Opcodes.TOP);
    more[more.length - 1] = slotType;
    return more;
  }
}
