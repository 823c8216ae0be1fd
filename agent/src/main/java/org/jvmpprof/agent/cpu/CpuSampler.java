package org.jvmpprof.agent.cpu;

/**
 * A source of CPU samples: each stands for one period of CPU time on one thread's stack. Samples go
 * to the {@link CpuSink} that the sampler was made with, from whatever thread has them. It leaves
 * out the agent's own threads.
 */
public interface CpuSampler {
  /** What the option {@code cpu-engine} calls it: {@code jfr}, {@code async} or {@code timer}. */
  String engine();

  /** One sentence for the profile's comment: what this sampler sees and what it does not. */
  String about();

  /**
   * Starts sampling; sampling is in force when this returns.
   *
   * @throws CpuSamplerException when this JVM or machine cannot do it; the message is one line
   */
  void start() throws CpuSamplerException;

  /** Hands over what has arrived since the last call. Called by the drainer, ten times a second. */
  void poll();

  /**
   * Hands over what was sampled before an instant, as soon as it can be had: within a second.
   *
   * @param untilEpochNanos not after now
   */
  void flush(long untilEpochNanos) throws InterruptedException;

  /**
   * Stops sampling for good. When it returns, every sample taken before the call has been handed
   * over. Idempotent; never throws.
   */
  void stop();
}
