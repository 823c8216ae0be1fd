package org.jvmpprof.agent.labels;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.stack.Function;

/**
 * Reads the id of a label set from a stack that has marks on it: four frames, the lowest digit
 * first when seen from the leaf, each on the line of its digit.
 */
final class StackMarks {
  /** No id: there is no mark. */
  static final int NONE = -1;

  private static final String OURS = "java.lang.JvmPprof";
  private static final String CLASS = OURS + "Marks";
  private static final String MARK = CLASS + ".";
  private static final String LEVELS = "abcd";
  private static final int DIGIT_BITS = 4;
  private static final int MAX_DIGIT = (1 << DIGIT_BITS) - 1;

  private static final int LAST = LEVELS.length() - 1;

  private final int[] firstLines;

  /**
   * Knows what marks look like.
   *
   * @param firstLines where each level's line of digit 0 is
   */
  StackMarks(int... firstLines) {
    this.firstLines = firstLines;
  }

  /**
   * Learns what marks look like.
   *
   * @param marks calls an action through the marks of an id
   * @throws IllegalStateException when they do not look as expected
   */
  static StackMarks learn(ObjIntConsumer<Runnable> marks) {
    int[] firstLines = new int[LEVELS.length()];
    for (Frame frame : under(marks, 0)) {
      int level = level(frame);
      if (level >= 0) {
        firstLines[level] = frame.line();
      }
    }
    StackMarks learned = new StackMarks(firstLines);
    for (int id : new int[] {0, 0x1234, 0xFEDC, 0xFFFF}) {
      List<Frame> frames = under(marks, id);
      if (learned.id(frames) != id || !frames.containsAll(learned.of(id))) {
        throw new IllegalStateException("marks are not as expected");
      }
    }
    return learned;
  }

  /**
   * The id that the marks nearest to the leaf say; {@link #NONE} when there are none. A scope that
   * is just being entered or left does not count: its marks are not all there, or one of them is
   * the leaf, or is on a line that is not the one of a call.
   */
  int id(List<Frame> frames) {
    int wanted = LAST;
    int id = 0;
    for (Frame frame : frames.subList(Math.min(1, frames.size()), frames.size())) {
      int level = level(frame);
      if (level == LAST) {
        wanted = LAST;
        id = 0;
      }
      if (level >= 0 && level == wanted) {
        int digit = frame.line() - firstLines[level];
        id |= digit << (DIGIT_BITS * (LAST - level));
        wanted = digit >= 0 && digit <= MAX_DIGIT ? level - 1 : LAST;
        if (wanted < 0) {
          return id;
        }
      }
    }
    return NONE;
  }

  /** The marks of an id. */
  List<Frame> of(int id) {
    List<Frame> frames = new ArrayList<>(LEVELS.length());
    for (int level = LEVELS.length() - 1; level >= 0; level--) {
      int digit = id >>> (DIGIT_BITS * (LEVELS.length() - 1 - level)) & MAX_DIGIT;
      Function mark = Function.java(CLASS, LEVELS.substring(level, level + 1));
      frames.add(new Frame(mark, firstLines[level] + digit));
    }
    return frames;
  }

  /** The frame nearest to the leaf that is ours; -1 for none. */
  static int indexOfOurs(List<Frame> frames) {
    for (int i = 0; i < frames.size(); i++) {
      if (isOurs(frames.get(i))) {
        return i;
      }
    }
    return -1;
  }

  /** The frames without ours. */
  static List<Frame> without(List<Frame> frames) {
    List<Frame> others = new ArrayList<>(frames.size());
    for (Frame frame : frames) {
      if (!isOurs(frame)) {
        others.add(frame);
      }
    }
    return others;
  }

  private static boolean isOurs(Frame frame) {
    return frame.function().name().startsWith(OURS);
  }

  private static int level(Frame frame) {
    String name = frame.function().name();
    return name.startsWith(MARK) && name.length() == MARK.length() + 1
        ? LEVELS.indexOf(name.charAt(MARK.length()))
        : -1;
  }

  private static List<Frame> under(ObjIntConsumer<Runnable> marks, int id) {
    List<Frame> frames = new ArrayList<>();
    marks.accept(
        () -> {
          for (StackTraceElement at : new Throwable().getStackTrace()) {
            Function function = Function.java(at.getClassName(), at.getMethodName());
            frames.add(new Frame(function, Math.max(0, at.getLineNumber())));
          }
        },
        id);
    return frames;
  }
}
