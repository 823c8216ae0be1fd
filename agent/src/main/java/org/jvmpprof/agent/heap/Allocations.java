package org.jvmpprof.agent.heap;

/**
 * Allocations of about one size.
 *
 * @param objects how many
 * @param bytes of all of them together
 */
record Allocations(long objects, long bytes) {
  /**
   * How many there were in truth, when these were sampled by bytes at exponential distances of that
   * mean: an object of a size is sampled with the probability 1−exp(−size/mean). As Go's {@code
   * scaleHeapSample}, truncation included.
   */
  Allocations scaled(long meanBytes) {
    if (objects == 0 || bytes == 0) {
      return new Allocations(0, 0);
    }
    if (meanBytes <= 1) {
      return this;
    }
    double size = (double) bytes / objects;
    double scale = 1 / (1 - Math.exp(-size / meanBytes));
    return new Allocations((long) (objects * scale), (long) (bytes * scale));
  }

  /**
   * As scaled, for a reader that will scale it with another mean: what it would have seen with
   * that. Go's text form has one mean for all rows.
   */
  Allocations scaledFor(long meanBytes, long readerMeanBytes) {
    if (meanBytes == readerMeanBytes) {
      return this;
    }
    Allocations scaled = scaled(meanBytes);
    if (readerMeanBytes <= 1 || scaled.objects == 0) {
      return scaled;
    }
    double seen = 1 - Math.exp(-(double) scaled.bytes / scaled.objects / readerMeanBytes);
    return new Allocations(Math.round(scaled.objects * seen), Math.round(scaled.bytes * seen));
  }

  /** Both together. */
  Allocations plus(Allocations other) {
    return new Allocations(objects + other.objects, bytes + other.bytes);
  }
}
