package org.jvmpprof.agent.contention;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import net.bytebuddy.jar.asm.Label;
import org.jspecify.annotations.Nullable;

/**
 * The exception table of a method, as seen from the place that a visitor has come to: which ranges
 * cover it, and which of them free a monitor.
 */
final class ExceptionRanges {
  private static final int NO_VARIABLE = -1;

  private final IntUnaryOperator endOfFreeing;
  private final List<Range> ranges = new ArrayList<>();
  private int places;

  /** The handler in whose first instructions the visitor is, if it covers itself. */
  private @Nullable Boundary caught;

  /**
   * One row of the table.
   *
   * @param any whether it is for any exception
   */
  record Range(Boundary start, Boundary end, Boundary handler, @Nullable String type, boolean any) {
    /** Where the handler of this row is written. */
    Label target() {
      return again() ? handler.again : handler.early;
    }

    /**
     * Whether a handler that frees a monitor covers itself, until then at most: compilers want it
     * freed at all costs.
     */
    private boolean again() {
      return any && start == handler && end.offset <= handler.endOfFreeing;
    }

    private boolean covers() {
      return start.passed && !end.passed;
    }
  }

  /** A label of the table. */
  static final class Boundary {
    /** Stands for the label in the table: hooks are put between it and the label. */
    final Label early = new Label();

    /** Of a handler that covers itself: a copy for what its own instructions throw, not hooked. */
    final Label again = new Label();

    /** Of the same: the types of its local variables, where class files tell them. */
    Object @Nullable [] locals;

    /** Of the same: where the lock is that it frees, and what else covers the place. */
    int freed = NO_VARIABLE;

    List<Range> outer = List.of();

    private final int offset;
    private final int endOfFreeing;
    private boolean passed;

    /** Of a handler: when its first range began, in the order of the code. */
    private int coversSince;

    /** Of a handler that frees a monitor: where the lock is. */
    private int lockVariable = NO_VARIABLE;

    private Boundary(int offset, int endOfFreeing) {
      this.offset = offset;
      this.endOfFreeing = endOfFreeing;
    }
  }

  /**
   * Makes an empty table.
   *
   * @param endOfFreeing see {@link MonitorScan#endOfFreeing}, of one method
   */
  ExceptionRanges(IntUnaryOperator endOfFreeing) {
    this.endOfFreeing = endOfFreeing;
  }

  /** Has a label know its place; to be called for all of a method before any other use. */
  static void place(Label label, int offset) {
    if (label.info == null) {
      label.info = offset;
    }
  }

  /**
   * Adds a row, in the order of the table, before any of its labels is passed.
   *
   * @return the same as one row, or as two if it goes on into its own handler
   */
  List<Range> add(Label start, Label end, Label handler, @Nullable String type) {
    Boundary from = boundary(start);
    Boundary to = boundary(end);
    Boundary by = boundary(handler);
    List<Range> rows =
        type == null && from.offset < by.offset && by.offset < to.offset
            ? List.of(new Range(from, by, by, null, true), new Range(by, to, by, null, true))
            : List.of(new Range(from, to, by, type, type == null));
    ranges.addAll(rows);
    return rows;
  }

  /** What a label is in the table; null when it is not there. */
  static @Nullable Boundary at(Label label) {
    return label.info instanceof Boundary boundary ? boundary : null;
  }

  private Boundary boundary(Label label) {
    Boundary known = at(label);
    if (known != null) {
      return known;
    }
    int offset = (Integer) label.info;
    Boundary boundary = new Boundary(offset, endOfFreeing.applyAsInt(offset));
    label.info = boundary;
    return boundary;
  }

  /** The visitor goes on behind this boundary. */
  void pass(Boundary boundary) {
    boundary.passed = true;
    places++;
    for (Range range : ranges) {
      if (range.start == boundary && range.handler.coversSince == 0) {
        range.handler.coversSince = places;
      }
      if (range.again() && range.handler == boundary) {
        caught = boundary;
      }
    }
  }

  /** The handler that covers itself and has not done anything yet. */
  @Nullable Boundary caught() {
    return caught;
  }

  /** The visitor has passed an instruction that does more than to move a value. */
  void act() {
    caught = null;
  }

  /** The visitor has come to where a monitor is freed. */
  void freed(int variable) {
    Boundary handler = caught;
    if (handler != null && handler.freed == NO_VARIABLE) {
      handler.freed = variable;
      handler.outer =
          ranges.stream().filter(range -> range.covers() && range.handler != handler).toList();
    }
  }

  /** All handlers that cover themselves, in the order of the table. */
  List<Boundary> coveringThemselves() {
    List<Boundary> handlers = new ArrayList<>();
    for (Range range : ranges) {
      if (range.again() && !handlers.contains(range.handler)) {
        handlers.add(range.handler);
      }
    }
    return handlers;
  }

  /**
   * Whether a range begins here, directly behind a {@code monitorenter}, whose handler frees that
   * monitor, so that something may be thrown from here on; remembers it for the exit.
   *
   * @param lockVariable where the lock is; negative when that is not known
   */
  boolean opensMonitor(Boundary start, int lockVariable) {
    boolean opens = false;
    for (Range range : ranges) {
      if ((range.start == start || range.covers()) && range.handler.passed) {
        return false;
      }
      if (range.start == start && range.any) {
        range.handler.lockVariable = lockVariable;
        opens = true;
      }
    }
    return opens;
  }

  /** The innermost range here, if its handler frees the lock in that variable. */
  @Nullable Range freeing(int lockVariable) {
    Range innermost = innermost();
    return innermost != null && lockVariable >= 0 && innermost.handler.lockVariable == lockVariable
        ? innermost
        : null;
  }

  /** Whether the range of the lock in that variable ends here, and all those within its block. */
  boolean closesMonitor(Boundary end, int lockVariable) {
    Range freeing = freeing(lockVariable);
    if (freeing == null || freeing.end != end) {
      return false;
    }
    for (Range range : ranges) {
      if (range.covers()
          && range.end != end
          && range.handler != freeing.handler
          && range.handler.coversSince >= freeing.handler.coversSince) {
        return false;
      }
    }
    return true;
  }

  /** Whether the innermost range ends here, where nothing else happens. */
  boolean endsInnermost(Boundary end) {
    for (Range range : ranges) {
      if (range.start == end || range.handler == end) {
        return false;
      }
    }
    Range innermost = innermost();
    return innermost != null && innermost.end == end;
  }

  /** The first range for any exception that covers this place, if all handlers lie ahead. */
  private @Nullable Range innermost() {
    Range innermost = null;
    for (Range range : ranges) {
      if (range.covers()) {
        // An exception thrown here by a hook could lead back to the same hook.
        if (range.handler.passed && !(range.again() && range.handler == caught)) {
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
