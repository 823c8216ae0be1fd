package org.jvmpprof.agent.contention;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Puts hooks at the {@code monitorenter} and {@code monitorexit} instructions of a method. HotSpot
 * compiles a method only if each monitor is freed by a handler wherever something can be thrown
 * while it is held, and by nothing when it is not: so the hooks are called inside the range of that
 * handler, or, when the monitor is free, behind it; and never where an exception of the hook (a
 * stack overflow) would lead to the same call again.
 *
 * <p>Where the code has another shape than those that compilers make for blocks, the instruction is
 * left as it is.
 */
final class MonitorBlocks extends InstructionVisitor {
  private static final int NONE = 0;
  private static final int NO_VARIABLE = -1;

  private final String name;
  private final List<String> unhooked;
  private final List<Range> ranges = new ArrayList<>();

  /** A monitor instruction that has been seen and is written when what follows it is known. */
  private int pending = NONE;

  /** The end of a range that may be put off until behind the monitorexit that follows. */
  private @Nullable Boundary open;

  /** The variable that the last instruction has loaded or stored: the lock, before a monitor's. */
  private int lastVariable = NO_VARIABLE;

  private int openLoad = NO_VARIABLE;
  private boolean complete = true;

  /**
   * Rewrites one method.
   *
   * @param unhooked gets the method's name if it enters a monitor without a hook
   */
  MonitorBlocks(MethodVisitor to, String name, List<String> unhooked) {
    super(to);
    this.name = name;
    this.unhooked = unhooked;
  }

  /** An exception range that is there for any exception when {@code any}. */
  private record Range(Boundary start, Boundary end, Boundary handler, boolean any) {
    boolean covers() {
      return start.passed && !end.passed;
    }
  }

  /** A label of a range. */
  private static final class Boundary {
    /** Stands for the label in the ranges: hooks are put between it and the label. */
    final Label early = new Label();

    boolean passed;

    /** Of a handler whose range begins behind a monitorenter: the lock that it frees. */
    int lockVariable = NO_VARIABLE;

    static Boundary of(Label label) {
      if (label.info == null) {
        label.info = new Boundary();
      }
      return (Boundary) label.info;
    }
  }

  @Override
  public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
    Range range =
        new Range(Boundary.of(start), Boundary.of(end), Boundary.of(handler), type == null);
    ranges.add(range);
    mv.visitTryCatchBlock(range.start.early, range.end.early, handler, type);
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode == Opcodes.MONITOREXIT && open != null && loadsLockOf(open)) {
      exitBehindRange(open);
      return;
    }
    int lockVariable = lastVariable;
    beforeInstruction();
    if (opcode == Opcodes.MONITORENTER || opcode == Opcodes.MONITOREXIT) {
      pending = opcode;
      lastVariable = lockVariable;
    } else {
      mv.visitInsn(opcode);
    }
  }

  @Override
  public void visitVarInsn(int opcode, int variable) {
    if (opcode == Opcodes.ALOAD && open != null && openLoad == NO_VARIABLE) {
      openLoad = variable;
    } else {
      super.visitVarInsn(opcode, variable);
    }
    lastVariable = variable;
  }

  @Override
  public void visitLabel(Label label) {
    if (!(label.info instanceof Boundary boundary)) {
      beforeInstruction();
      mv.visitLabel(label);
      return;
    }
    settleOpen();
    if (pending == Opcodes.MONITORENTER && opensMonitor(boundary)) {
      HookCalls.enter(mv, boundary.early);
      boundary.passed = true;
    } else if (pending == Opcodes.MONITOREXIT && closesMonitor(boundary)) {
      HookCalls.exit(mv, boundary.early);
      boundary.passed = true;
    } else {
      settleMonitor();
      mayStayOpen(boundary);
    }
    pending = NONE;
    mv.visitLabel(label);
  }

  @Override
  public void visitMaxs(int maxStack, int maxLocals) {
    beforeInstruction();
    if (!complete) {
      unhooked.add(name);
    }
    mv.visitMaxs(maxStack, maxLocals);
  }

  @Override
  void beforeInstruction() {
    settleOpen();
    settleMonitor();
    lastVariable = NO_VARIABLE;
  }

  /** Writes a monitor instruction that is not at a boundary of its range. */
  private void settleMonitor() {
    if (pending == Opcodes.MONITORENTER) {
      complete = false;
      mv.visitInsn(pending);
    } else if (pending == Opcodes.MONITOREXIT && freeingRange(lastVariable) != null) {
      HookCalls.exitWithinRange(mv);
    } else if (pending == Opcodes.MONITOREXIT) {
      mv.visitInsn(pending);
    }
    pending = NONE;
  }

  /**
   * Kotlin's range ends before {@code aload, monitorexit}, javac's behind it; there it is moved.
   * Nothing else in between can throw.
   */
  private void mayStayOpen(Boundary boundary) {
    Range freeing = innermostRange();
    if (freeing != null && freeing.end == boundary && !startsOrHandles(boundary)) {
      open = boundary;
    } else {
      pass(boundary);
    }
  }

  private void settleOpen() {
    if (open != null) {
      pass(open);
      open = null;
    }
    if (openLoad != NO_VARIABLE) {
      mv.visitVarInsn(Opcodes.ALOAD, openLoad);
      openLoad = NO_VARIABLE;
    }
  }

  private boolean loadsLockOf(Boundary end) {
    Range freeing = freeingRange(openLoad);
    return freeing != null && freeing.end == end;
  }

  private void exitBehindRange(Boundary end) {
    mv.visitVarInsn(Opcodes.ALOAD, openLoad);
    HookCalls.exit(mv, end.early);
    end.passed = true;
    open = null;
    openLoad = NO_VARIABLE;
  }

  private void pass(Boundary boundary) {
    mv.visitLabel(boundary.early);
    boundary.passed = true;
  }

  private boolean startsOrHandles(Boundary boundary) {
    for (Range range : ranges) {
      if (range.start == boundary || range.handler == boundary) {
        return true;
      }
    }
    return false;
  }

  private boolean opensMonitor(Boundary start) {
    boolean opens = false;
    for (Range range : ranges) {
      if ((range.start == start || range.covers()) && range.handler.passed) {
        return false;
      }
      if (range.start == start && range.any) {
        range.handler.lockVariable = lastVariable;
        opens = true;
      }
    }
    return opens;
  }

  private boolean closesMonitor(Boundary end) {
    Range freeing = freeingRange(lastVariable);
    return freeing != null && freeing.end == end;
  }

  /** The innermost range here, if its handler frees the lock in that variable. */
  private @Nullable Range freeingRange(int lockVariable) {
    Range innermost = innermostRange();
    return innermost != null
            && lockVariable != NO_VARIABLE
            && innermost.handler.lockVariable == lockVariable
        ? innermost
        : null;
  }

  /** The first range for any exception that covers this place, if all handlers lie ahead. */
  private @Nullable Range innermostRange() {
    Range innermost = null;
    for (Range range : ranges) {
      if (range.covers()) {
        if (range.handler.passed) {
          return null;
        }
        if (innermost == null && range.any) {
          innermost = range;
        }
      }
    }
    return innermost;
  }
}
