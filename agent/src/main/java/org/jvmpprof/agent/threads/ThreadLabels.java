package org.jvmpprof.agent.threads;

import java.util.List;
import org.jvmpprof.agent.profile.Labels;
import org.jvmpprof.agent.stack.Frame;

/** Tells the labels of a thread. Thread-safe. */
@FunctionalInterface
public interface ThreadLabels {
  /** No thread has labels. */
  ThreadLabels NONE = (threadId, frames) -> Labels.NONE;

  /**
   * The labels of a thread at the moment when it had this stack.
   *
   * @param threadId as {@link Thread#getId}
   * @param frames its stack, leaf first
   */
  Labels of(long threadId, List<Frame> frames);

  /** A stack without the frames that are there only to say its labels. */
  default List<Frame> visible(List<Frame> frames) {
    return frames;
  }
}
