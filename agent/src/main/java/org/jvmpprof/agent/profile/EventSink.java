package org.jvmpprof.agent.profile;

import org.jvmpprof.agent.stack.Stack;

/** Takes drained events, one at a time, on the drainer's thread. */
public interface EventSink {
  /**
   * Takes one event.
   *
   * @param type the profile it belongs to
   * @param epochNanos when it happened
   * @param stack where
   * @param count the first value
   * @param amount the second value
   */
  void add(ProfileType type, long epochNanos, Stack stack, long count, long amount);

  /** Called after each round of events, also when there were none. */
  void flush();
}
