package org.jvmpprof.agent;

import java.time.Duration;
import java.util.Optional;
import org.jvmpprof.agent.control.CpuCollection;
import org.jvmpprof.agent.cpu.CpuSampling;
import org.jvmpprof.agent.profile.Snapshot;
import org.jvmpprof.agent.profile.Windows;
import org.jvmpprof.agent.time.Ticker;

/** A collection that has a window of its own, so that it disturbs no other. */
final class CpuWindow implements CpuCollection {
  private static final Duration START_PATIENCE = Duration.ofSeconds(2);

  private final Windows.Window window;
  private final CpuSampling sampling;
  private final Arrival arrival;
  private final Ticker ticker;

  /** Waits until what the sampler has handed over is in the windows. */
  interface Arrival {
    void await() throws InterruptedException;
  }

  /**
   * Begins now, or as soon as the first sampler has come up.
   *
   * @return empty when no sampler works
   */
  static Optional<CpuCollection> open(
      Windows windows, CpuSampling sampling, Arrival arrival, Ticker ticker) {
    try {
      sampling.awaitStart(START_PATIENCE);
    } catch (InterruptedException e) {
      // The collection is going to end; whoever waits for it next finds out.
      Thread.currentThread().interrupt();
    }
    return sampling.hasFailed()
        ? Optional.empty()
        : Optional.of(new CpuWindow(windows, sampling, arrival, ticker));
  }

  /** Begins now. */
  CpuWindow(Windows windows, CpuSampling sampling, Arrival arrival, Ticker ticker) {
    this.sampling = sampling;
    this.arrival = arrival;
    this.ticker = ticker;
    window = windows.open(ticker.epochNanos());
  }

  @Override
  public Snapshot finish() throws InterruptedException {
    try (window) {
      long endEpochNanos = ticker.epochNanos();
      window.end(endEpochNanos);
      sampling.flush(endEpochNanos);
      arrival.await();
      return window.snapshot();
    }
  }

  @Override
  public void close() {
    window.close();
  }
}
