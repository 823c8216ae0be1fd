package org.jvmpprof.agent.labels;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongBinaryOperator;
import org.jvmpprof.agent.stack.Frame;

/**
 * The marks that a sampler does not see because they are not on the stack: of a virtual thread that
 * has waited, only the frames near the leaf are back on its carrier, the others are still in the
 * heap. They are put back from what each carrier has noted when it took the thread up again.
 */
final class FrozenMarks {
  private static final String END_OF_WHOLE_STACK = ".run";

  private final StackMarks marks;
  private final LongBinaryOperator idOnCarrier;
  private final Consumer<Boolean> recording;

  /**
   * Makes marks from logs.
   *
   * @param idOnCarrier the id by a carrier's thread id and a time of {@link System#nanoTime}, or
   *     {@link StackMarks#NONE}
   * @param recording takes whether logs are wanted
   */
  FrozenMarks(StackMarks marks, LongBinaryOperator idOnCarrier, Consumer<Boolean> recording) {
    this.marks = marks;
    this.idOnCarrier = idOnCarrier;
    this.recording = recording;
  }

  void record(boolean wanted) {
    recording.accept(wanted);
  }

  /** The frames, with the marks that a stack without root lacks. */
  List<Frame> added(List<Frame> frames, long threadId, long nanoTime) {
    int id = (int) idOnCarrier.applyAsLong(threadId, nanoTime);
    if (id == StackMarks.NONE || isWhole(frames) || marks.id(frames) != StackMarks.NONE) {
      return frames;
    }
    List<Frame> all = new ArrayList<>(frames);
    all.addAll(marks.of(id));
    return all;
  }

  /** A walk that does not get to the root ends in a frame that is no method of Java. */
  private static boolean isWhole(List<Frame> frames) {
    return frames.get(frames.size() - 1).function().name().endsWith(END_OF_WHOLE_STACK);
  }
}
