package org.jvmpprof.agent.time;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The agent's clock: a parameter wherever time matters, so that tests need not wait. */
@FunctionalInterface
public interface Ticker {
  /** Nanoseconds since 1970 UTC; never runs backwards. */
  long epochNanos();

  /**
   * The system's clock, read once and advanced by {@link System#nanoTime}: a step of the wall clock
   * does not tear a profile apart.
   */
  static Ticker system() {
    Instant now = Instant.now();
    long anchor =
        TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano() - System.nanoTime();
    return () -> anchor + System.nanoTime();
  }
}
