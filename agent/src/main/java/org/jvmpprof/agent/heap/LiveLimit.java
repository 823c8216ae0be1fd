package org.jvmpprof.agent.heap;

import java.util.Optional;

/**
 * Keeps the number of followed objects near a limit: whenever it has grown beyond, the mean of
 * bytes between samples doubles; once it is far below, the mean is as configured again. What is
 * followed already stays, so no row is biased.
 */
final class LiveLimit {
  private static final long MAX_MEAN_BYTES = Integer.MAX_VALUE;

  private final int maxLive;
  private long configuredBytes;
  private long meanBytes;
  private long next;

  LiveLimit(int maxLive) {
    this.maxLive = maxLive;
    this.next = maxLive;
  }

  /** Sets the mean to have below the limit. */
  void configure(long bytes) {
    configuredBytes = bytes;
    meanBytes = bytes;
    next = maxLive;
  }

  /** Takes the number of followed objects, and says whether the mean has changed. */
  boolean adapt(int live) {
    if (live > next && meanBytes <= MAX_MEAN_BYTES / 2) {
      meanBytes *= 2;
      next = (long) live + maxLive / 8;
      return true;
    }
    if (raised() && live < maxLive / 2) {
      configure(configuredBytes);
      return true;
    }
    return false;
  }

  long meanBytes() {
    return meanBytes;
  }

  long configuredBytes() {
    return configuredBytes;
  }

  /** Why the mean is another one; empty when it is as configured. */
  Optional<String> about() {
    return raised()
        ? Optional.of("more than " + maxLive + " objects are followed")
        : Optional.empty();
  }

  private boolean raised() {
    return meanBytes > configuredBytes;
  }
}
