package org.jvmpprof.agent.cpu;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.time.Ticker;

/**
 * CPU sampling from the first moment to the last: one sampler bridges the time until a better one
 * has come up, and hands over to it at one instant, so that no CPU time is counted twice or not at
 * all.
 */
public final class CpuSampling {
  /** Makes a sampler that delivers to a sink. */
  public interface Maker extends Function<CpuSink, CpuSampler> {}

  private final List<Maker> makers;
  private final CpuSink sink;
  private final Ticker ticker;
  private final AgentLog log;
  private final List<String> problems = new ArrayList<>();
  private boolean bridged;
  private @Nullable CpuSampler active;
  private boolean settled;
  private boolean stopped;

  /**
   * Prepares sampling; nothing runs yet.
   *
   * @param makers the samplers to use, the bridge first, then the better ones, best first
   * @param sink takes all samples
   */
  public CpuSampling(List<Maker> makers, CpuSink sink, Ticker ticker, AgentLog log) {
    this.makers = List.copyOf(makers);
    this.sink = sink;
    this.ticker = ticker;
    this.log = log;
  }

  /** Starts the bridge. */
  public void begin() {
    bridged = tryStart(makers.get(0));
  }

  /**
   * Starts the first of the better samplers that works, after {@link #begin}. Takes up to a second,
   * so it is for a thread of the agent. A sampler that cannot run costs one line.
   */
  public void improve() {
    boolean better = makers.subList(1, makers.size()).stream().anyMatch(this::tryStart);
    synchronized (this) {
      settled = true;
      notifyAll();
    }
    if (!bridged && !better) {
      problems.add("no CPU profile");
    } else if (!problems.isEmpty()) {
      problems.add("sampling with " + engine().orElse("none"));
    }
    if (!problems.isEmpty()) {
      log.info(String.join("; ", problems));
    }
  }

  /** Waits until some sampler is sampling, none works, or the patience is over. */
  public synchronized void awaitStart(Duration patience) throws InterruptedException {
    long endNanos = System.nanoTime() + patience.toNanos();
    long leftMillis = patience.toMillis();
    while (active == null && !settled && leftMillis > 0) {
      wait(leftMillis);
      leftMillis = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
    }
  }

  /** Hands over what has arrived; called by the drainer. */
  public void poll() {
    CpuSampler current = active();
    if (current != null) {
      current.poll();
    }
  }

  /** Hands over what was sampled before an instant; takes up to a second. */
  public void flush(long untilEpochNanos) throws InterruptedException {
    CpuSampler current = active();
    if (current != null) {
      current.flush(untilEpochNanos);
    }
  }

  /** Stops, after everything that was sampled has been delivered. Waits for no sampler to start. */
  public void stop() {
    CpuSampler current;
    synchronized (this) {
      stopped = true;
      current = active;
    }
    if (current != null) {
      current.stop();
    }
  }

  /**
   * The engine in force and what it does not see, for people; empty while it may still be replaced
   * by a better one.
   */
  public synchronized Optional<String> engine() {
    return active != null && (settled || stopped)
        ? Optional.of(active.engine() + ": " + active.about())
        : Optional.empty();
  }

  /** Whether no sampler works here; false while one may still start. */
  public synchronized boolean hasFailed() {
    return settled && active == null;
  }

  private synchronized @Nullable CpuSampler active() {
    return active;
  }

  private boolean tryStart(Maker maker) {
    Gate gate = new Gate(sink);
    CpuSampler sampler = maker.apply(gate);
    try {
      sampler.start();
    } catch (CpuSamplerException | RuntimeException | LinkageError e) {
      problems.add("cpu-engine " + sampler.engine() + " is not available: " + e.getMessage());
      return false;
    }
    handOverTo(sampler, gate);
    return true;
  }

  private synchronized void handOverTo(CpuSampler next, Gate gate) {
    if (stopped) {
      next.stop();
      return;
    }
    if (active != null) {
      active.stop();
    }
    gate.openFrom(ticker.epochNanos());
    active = next;
    notifyAll();
    log.debug("cpu-engine " + next.engine() + " is sampling");
  }

  /** Lets samples pass from one instant on: those before it came from the sampler before. */
  private static final class Gate implements CpuSink {
    private final CpuSink sink;
    private volatile long fromEpochNanos = Long.MAX_VALUE;

    Gate(CpuSink sink) {
      this.sink = sink;
    }

    void openFrom(long epochNanos) {
      fromEpochNanos = epochNanos;
    }

    @Override
    public void sample(long epochNanos, long threadId, List<Frame> frames, long samples) {
      if (epochNanos >= fromEpochNanos) {
        sink.sample(epochNanos, threadId, frames, samples);
      }
    }

    @Override
    public void lost(long samples) {
      if (fromEpochNanos != Long.MAX_VALUE) {
        sink.lost(samples);
      }
    }
  }
}
