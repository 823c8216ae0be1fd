package org.jvmpprof.agent.contention;

import java.util.Arrays;
import java.util.List;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.contention.ExceptionRanges.Boundary;
import org.jvmpprof.agent.contention.ExceptionRanges.Range;

/**
 * Puts hooks at the {@code monitorenter} and {@code monitorexit} instructions of a method. HotSpot
 * compiles a method only if each monitor is freed by a handler wherever something can be thrown
 * while it is held, and by nothing when it is not: so the hooks are called inside the range of that
 * handler, or, when the monitor is free, behind it; and never where an exception of the hook (a
 * stack overflow) would lead to the same call again. For that reason the handler itself, which
 * compilers make to cover itself, is covered by a copy of it without hooks, behind the method's
 * code.
 *
 * <p>Where the code has another shape than those that compilers make for blocks, the instruction is
 * left as it is.
 */
final class MonitorBlocks extends InstructionVisitor {
  private static final int NONE = 0;
  private static final int NO_VARIABLE = -1;

  private final String method;
  private final List<String> unhooked;
  private final ExceptionRanges ranges;

  /** A monitor instruction that has been seen and is written when what follows it is known. */
  private int pending = NONE;

  /** The variable that the last instruction has loaded or stored: the lock, before a monitor's. */
  private int lastVariable = NO_VARIABLE;

  /** The end of a range that may be put off until behind the monitorexit that follows. */
  private @Nullable Boundary open;

  /** What is loaded behind it; also seen and not written yet. */
  private int openLoad = NO_VARIABLE;

  private boolean complete = true;

  /**
   * Rewrites one method.
   *
   * @param method its name and descriptor
   * @param unhooked gets them if the method enters a monitor without a hook
   * @param ranges of this method, to be filled
   */
  MonitorBlocks(MethodVisitor to, String method, List<String> unhooked, ExceptionRanges ranges) {
    super(to);
    this.method = method;
    this.unhooked = unhooked;
    this.ranges = ranges;
  }

  @Override
  public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
    for (Range row : ranges.add(start, end, handler, type)) {
      mv.visitTryCatchBlock(row.start().early, row.end().early, row.target(), type);
    }
  }

  @Override
  public void visitFrame(int type, int locals, Object[] local, int stackSize, Object[] stack) {
    Boundary handler = ranges.caught();
    if (handler != null) {
      handler.locals = Arrays.copyOf(local, locals);
    }
    mv.visitFrame(Opcodes.F_FULL, locals, local, stackSize, stack);
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode == Opcodes.MONITOREXIT) {
      ranges.freed(lastVariable);
    }
    if (opcode == Opcodes.MONITOREXIT && open != null && ranges.closesMonitor(open, openLoad)) {
      exitBehindRange(open);
      return;
    }
    int lockVariable = lastVariable;
    if (opcode == Opcodes.MONITORENTER || opcode == Opcodes.MONITOREXIT) {
      settle();
      pending = opcode;
      lastVariable = lockVariable;
    } else {
      beforeInstruction();
      mv.visitInsn(opcode);
    }
  }

  @Override
  public void visitVarInsn(int opcode, int variable) {
    if (opcode == Opcodes.ALOAD && open != null && openLoad == NO_VARIABLE) {
      openLoad = variable;
    } else {
      settle();
      mv.visitVarInsn(opcode, variable);
    }
    lastVariable = variable;
  }

  @Override
  public void visitLabel(Label label) {
    Boundary boundary = ExceptionRanges.at(label);
    if (boundary == null) {
      settle();
      mv.visitLabel(label);
      return;
    }
    settleOpen();
    if (pending == Opcodes.MONITORENTER && ranges.opensMonitor(boundary, lastVariable)) {
      HookCalls.enter(mv, boundary.early);
      ranges.pass(boundary);
    } else if (pending == Opcodes.MONITOREXIT && ranges.closesMonitor(boundary, lastVariable)) {
      HookCalls.exit(mv, boundary.early);
      ranges.pass(boundary);
    } else {
      settleMonitor();
      passOrStayOpen(boundary);
    }
    pending = NONE;
    lastVariable = NO_VARIABLE;
    mv.visitLabel(label);
  }

  @Override
  public void visitMaxs(int maxStack, int maxLocals) {
    beforeInstruction();
    if (!complete) {
      unhooked.add(method);
    }
    ranges.coveringThemselves().forEach(this::again);
    mv.visitMaxs(maxStack, maxLocals);
  }

  @Override
  void beforeInstruction() {
    settle();
    ranges.act();
  }

  private void settle() {
    settleOpen();
    settleMonitor();
    lastVariable = NO_VARIABLE;
  }

  /** Writes a monitor instruction that is not at a boundary of its range. */
  private void settleMonitor() {
    if (pending == Opcodes.MONITOREXIT
        && ranges.caught() == null
        && ranges.freeing(lastVariable) != null) {
      HookCalls.exitWithinRange(mv);
    } else if (pending != NONE) {
      complete &= pending == Opcodes.MONITOREXIT;
      mv.visitInsn(pending);
    }
    pending = NONE;
  }

  /**
   * Kotlin's range ends before {@code aload, monitorexit}, javac's behind it; there it is moved.
   * Nothing else in between can throw.
   */
  private void passOrStayOpen(Boundary boundary) {
    if (ranges.endsInnermost(boundary)) {
      open = boundary;
    } else {
      mv.visitLabel(boundary.early);
      ranges.pass(boundary);
    }
  }

  private void settleOpen() {
    if (open != null) {
      mv.visitLabel(open.early);
      ranges.pass(open);
      open = null;
    }
    if (openLoad != NO_VARIABLE) {
      mv.visitVarInsn(Opcodes.ALOAD, openLoad);
      openLoad = NO_VARIABLE;
    }
  }

  private void exitBehindRange(Boundary end) {
    mv.visitVarInsn(Opcodes.ALOAD, openLoad);
    HookCalls.exit(mv, end.early);
    ranges.pass(end);
    open = null;
    openLoad = NO_VARIABLE;
  }

  /** Frees what a handler frees, whatever a hook in that handler throws; without hooks. */
  private void again(Boundary handler) {
    mv.visitLabel(handler.again);
    if (handler.locals != null) {
      Object[] stack = {"java/lang/Throwable"};
      mv.visitFrame(Opcodes.F_FULL, handler.locals.length, handler.locals, 1, stack);
    }
    Label free = new Label();
    Label end = new Label();
    mv.visitVarInsn(Opcodes.ALOAD, handler.freed);
    mv.visitInsn(Opcodes.MONITOREXIT);
    mv.visitLabel(free);
    mv.visitInsn(Opcodes.ATHROW);
    mv.visitLabel(end);
    mv.visitTryCatchBlock(handler.again, free, handler.again, null);
    for (Range outer : handler.outer) {
      mv.visitTryCatchBlock(handler.again, end, outer.target(), outer.type());
    }
  }
}
