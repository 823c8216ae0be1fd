package org.jvmpprof.agent.cpu;

import java.util.List;
import org.jvmpprof.agent.stack.Frame;

/** Takes the samples of a {@link CpuSampler}. Thread-safe, never blocks, never throws. */
public interface CpuSink {
  /**
   * Takes some equal samples.
   *
   * @param epochNanos when they were taken
   * @param threadId the Java thread's id, 0 for a thread that has none (JVM-internal, native)
   * @param frames the stack, leaf first
   * @param samples how many periods of CPU time they stand for
   */
  void sample(long epochNanos, long threadId, List<Frame> frames, long samples);

  /**
   * Counts samples of which no more is known than that they were lost.
   *
   * @param samples how many
   */
  void lost(long samples);
}
