package org.jvmpprof.agent.labels;

import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.event.Event;
import org.jvmpprof.agent.profile.Label;
import org.jvmpprof.agent.profile.Labels;
import org.jvmpprof.agent.stack.Frame;

/**
 * The labels under which the application's code runs (Go's {@code pprof.Do}): they are on the stack
 * itself, as frames of ours that say the id of a label set. Thread-safe.
 */
public final class StackLabels {
  /** What is shown for a label set that found no free id. */
  static final Labels TOO_MANY = Labels.of("jvmpprof", "too many label sets");

  /** A power of two. */
  private static final int REMEMBERED = 1024;

  private final StackMarks marks;
  private final IntFunction<String @Nullable []> byId;
  private final LongFunction<String @Nullable []> byThread;
  private final FrozenMarks frozen;
  private final AtomicReferenceArray<@Nullable Known> known =
      new AtomicReferenceArray<>(REMEMBERED);

  private static final class Known {
    final String[] pairs;
    final Labels labels;

    Known(String[] pairs, Labels labels) {
      this.pairs = pairs;
      this.labels = labels;
    }
  }

  StackLabels(
      StackMarks marks,
      IntFunction<String @Nullable []> byId,
      LongFunction<String @Nullable []> byThread,
      FrozenMarks frozen) {
    this.marks = marks;
    this.byId = byId;
    this.byThread = byThread;
    this.frozen = frozen;
  }

  /** An event with the labels that its stack says, and without the frames that say it. */
  public Event labelled(Event event) {
    if (StackMarks.indexOfOurs(event.frames()) < 0) {
      return event;
    }
    return new Event(
        event.epochNanos(),
        StackMarks.without(event.frames()),
        event.labels().with(of(event.frames())),
        event.count(),
        event.amount());
  }

  /** The labels that a stack says were in force when it was taken, leaf first. */
  public Labels of(List<Frame> frames) {
    int id = marks.id(frames);
    if (id == StackMarks.NONE) {
      return Labels.NONE;
    }
    String[] pairs = byId.apply(id);
    return pairs == null ? TOO_MANY : labels(id, pairs);
  }

  /** A stack without the frames that say its labels. */
  public static List<Frame> without(List<Frame> frames) {
    return StackMarks.indexOfOurs(frames) < 0 ? frames : StackMarks.without(frames);
  }

  /** Whether {@link #completed} is going to be used. */
  public void recordMounts(boolean wanted) {
    frozen.record(wanted);
  }

  /**
   * The stack of a platform thread that may carry a virtual one of which not all frames are there,
   * so that {@link #of} finds what it would find if they were.
   *
   * @param nanoTime when it was taken, by {@link System#nanoTime}, in the last 15 seconds
   */
  public List<Frame> completed(List<Frame> frames, long threadId, long nanoTime) {
    return frozen.added(frames, threadId, nanoTime);
  }

  /**
   * The labels that a thread has had from its start on, as far as its stack cannot say so, because
   * its class overrides {@code Thread.run}.
   */
  public Labels ofThread(long threadId) {
    String[] pairs = byThread.apply(threadId);
    return pairs == null ? Labels.NONE : labels(Long.hashCode(threadId), pairs);
  }

  private Labels labels(int number, String[] pairs) {
    int slot = number & (REMEMBERED - 1);
    Known before = known.get(slot);
    if (before != null && before.pairs == pairs) {
      return before.labels;
    }
    Labels labels = Labels.NONE;
    for (int i = 0; i < pairs.length; i += 2) {
      labels = labels.with(new Label(pairs[i], pairs[i + 1], 0));
    }
    known.set(slot, new Known(pairs, labels));
    return labels;
  }
}
