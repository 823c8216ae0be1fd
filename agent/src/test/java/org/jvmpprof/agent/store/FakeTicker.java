package org.jvmpprof.agent.store;

import java.time.Duration;
import java.time.Instant;
import org.jvmpprof.agent.time.Ticker;

/** A clock that a test moves. */
final class FakeTicker implements Ticker {
  static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");

  private Instant now = START;

  @Override
  public long epochNanos() {
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  void advance(Duration by) {
    now = now.plus(by);
  }
}
