package org.jvmpprof.it;

import java.time.Duration;

/**
 * Runs a measurement again over a longer span when it misses its bound, as Go's own profiler tests
 * do: what is left of chance shrinks with the span, what is wrong does not.
 */
final class GrowingSpan {
  private static final int ATTEMPTS = 3;

  private GrowingSpan() {}

  /** A measurement over some span; throws an AssertionError when a bound does not hold. */
  interface Measurement {
    void over(Duration span);
  }

  /** Tries spans of one, two and four times {@code first}. */
  static void from(Duration first, Measurement measurement) {
    for (int attempt = 1; ; attempt++) {
      try {
        measurement.over(first.multipliedBy(1L << (attempt - 1)));
        return;
      } catch (AssertionError e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        System.err.println("attempt " + attempt + ": " + e.getMessage());
      }
    }
  }
}
