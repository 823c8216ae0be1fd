package org.jvmpprof.agent.contention;

import java.util.concurrent.TimeUnit;

/**
 * From which delay on a release is recorded for certain if it is one in the fraction. Those that
 * delay others much are few and are what counts, so they are the last to be left out.
 */
final class MutexThreshold {
  /** Less would leave out nothing that takes time. */
  static final long MIN_NANOS = TimeUnit.MICROSECONDS.toNanos(1);

  /** So that a release of some milliseconds is still likelier than one of nanoseconds. */
  static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final int maxPerRound;
  private long nanos;

  /**
   * Begins with none.
   *
   * @param maxPerRound when it is more, the threshold is raised to where it would be half of it
   */
  MutexThreshold(int maxPerRound) {
    this.maxPerRound = maxPerRound;
  }

  /** The delay in nanoseconds; 0 when all are recorded. */
  long nanos() {
    return nanos;
  }

  /** Records all again. */
  void reset() {
    nanos = 0;
  }

  /** Looks at how many releases were recorded in a round. */
  void adapt(int recorded) {
    if (recorded > maxPerRound) {
      nanos = Math.min(Math.max(nanos, MIN_NANOS) * recorded / (maxPerRound / 2), MAX_NANOS);
    } else if (recorded < maxPerRound / 4) {
      nanos = nanos / 2 < MIN_NANOS ? 0 : nanos / 2;
    }
  }
}
