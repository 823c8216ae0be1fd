package org.jvmpprof.agent.heap;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Keeps what sampling costs a fast allocator small: after a second with more than a thousand
 * samples the mean of bytes between them doubles, as often as it takes; after one with few it is
 * halved again. Whoever asks for a mean smaller than Go's default gets it, whatever it costs.
 */
final class SamplePace {
  /** Samples in a second. */
  static final int MANY = 1000;

  /** Far less than half of {@link #MANY}, or it would go up and down all the time. */
  static final int FEW = 300;

  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long DEFAULT_MEAN_BYTES = 512 << 10;
  private static final int MAX_DOUBLINGS = 10;

  private boolean wanted;
  private long beganNanos;
  private long samples;
  private int doublings;

  /** Begins anew, with the mean that was asked for. */
  void configure(long meanBytes, long nowNanos) {
    wanted = meanBytes >= DEFAULT_MEAN_BYTES;
    beganNanos = nowNanos;
    samples = 0;
    doublings = 0;
  }

  /** Takes the number of samples since the last call, and says whether the mean has changed. */
  boolean adapt(int moreSamples, long nowNanos) {
    samples += moreSamples;
    long nanos = nowNanos - beganNanos;
    if (!wanted || nanos < SECOND_NANOS) {
      return false;
    }
    double perSecond = (double) samples * SECOND_NANOS / nanos;
    beganNanos = nowNanos;
    samples = 0;
    int before = doublings;
    if (perSecond < FEW && doublings > 0) {
      doublings--;
    }
    for (double left = perSecond; left > MANY && doublings < MAX_DOUBLINGS; left /= 2) {
      doublings++;
    }
    return doublings != before;
  }

  /** Why the mean is another one; empty when it is as configured. */
  Optional<String> about() {
    return doublings == 0
        ? Optional.empty()
        : Optional.of("there were more than " + MANY + " samples a second");
  }

  /** How often the mean has been doubled. */
  int doublings() {
    return doublings;
  }
}
