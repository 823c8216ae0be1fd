package org.jvmpprof.agent.profile;

/** Takes drained events, one at a time, on the drainer's thread. */
public interface EventSink {
  /**
   * Takes one event.
   *
   * @param type the profile it belongs to
   */
  void add(ProfileType type, Sample sample);

  /** Called after each round of events, also when there were none. */
  void flush();
}
