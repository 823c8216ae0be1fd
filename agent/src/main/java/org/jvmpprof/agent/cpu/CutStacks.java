package org.jvmpprof.agent.cpu;

import java.util.List;
import org.jvmpprof.agent.stack.Frame;

/**
 * Knows more of stacks whose root a sampler does not see, those of virtual threads that have
 * waited. Thread-safe.
 */
public interface CutStacks {
  /** Whether {@link #completed} is going to be asked. */
  void watch(boolean on);

  /**
   * A stack with what is known beyond it; the same when nothing is.
   *
   * @param frames leaf first
   * @param threadId the Java thread on whose stack they were, the carrier of a virtual thread
   * @param nanoTime when, by {@link System#nanoTime}
   */
  List<Frame> completed(List<Frame> frames, long threadId, long nanoTime);
}
