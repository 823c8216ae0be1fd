package org.jvmpprof.agent.cpu;

/**
 * Finds the samples that are missing, by what the process's CPU clock says there should have been:
 * those of threads that end before their first or next period is full, of times without a
 * recording, and of moments when async-profiler was busy.
 */
final class LostSamples {
  private final long periodNanos;
  private final long baselineNanos;
  private long known;

  /** Begins with the process's CPU time at the start of sampling. */
  LostSamples(long periodNanos, long processNanos) {
    this.periodNanos = periodNanos;
    baselineNanos = processNanos;
  }

  /** Counts samples that have arrived. */
  void arrived(long samples) {
    known += samples;
  }

  /**
   * The samples lost since the last call.
   *
   * @param processNanos the process's CPU time when the arrived samples were taken
   * @param liveThreads each may have used a part of a period, which is not lost yet
   */
  long take(long processNanos, int liveThreads) {
    long expected = (processNanos - baselineNanos) / periodNanos;
    // On average, half a period.
    long lost = Math.max(0, expected - known - liveThreads / 2);
    known += lost;
    return lost;
  }
}
