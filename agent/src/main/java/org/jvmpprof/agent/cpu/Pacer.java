package org.jvmpprof.agent.cpu;

/**
 * Makes work that costs much rarer, so that it takes a bounded share of the time. A single costly
 * round, such as the first, changes nothing.
 */
final class Pacer {
  private final long minNanos;
  private final long maxNanos;
  private final long divisor;
  private long lastCostNanos;

  /**
   * Makes a pacer for work that may take one part in {@code divisor} of the time.
   *
   * @param minNanos the pause that cheap work gets
   * @param maxNanos the longest pause, whatever the cost
   */
  Pacer(long minNanos, long maxNanos, long divisor) {
    this.minNanos = minNanos;
    this.maxNanos = maxNanos;
    this.divisor = divisor;
  }

  /** The pause after a round that took {@code costNanos}. */
  long pauseNanos(long costNanos) {
    long usualNanos = Math.min(costNanos, lastCostNanos);
    lastCostNanos = costNanos;
    return Math.min(Math.max(minNanos, usualNanos * divisor), maxNanos);
  }
}
