package org.jvmpprof.agent.profile;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jvmpprof.agent.stack.Stack;
import org.jvmpprof.agent.stack.StackHolder;

/**
 * Spans of time for which somebody wants the events of one profile. Any number may be open side by
 * side, each with its own begin and end; an event belongs to those in which it happened, whenever
 * it arrives. Thread-safe.
 */
public final class Windows implements StackHolder {
  private final ProfileType type;
  private final long period;
  private final List<Window> open = new CopyOnWriteArrayList<>();

  /**
   * Nothing is open yet.
   *
   * @param period the period of the profile, in units of its period type
   */
  public Windows(ProfileType type, long period) {
    this.type = type;
    this.period = period;
  }

  /** Opens a window; what happens from {@code startEpochNanos} on belongs to it. */
  public Window open(long startEpochNanos) {
    Window window = new Window(startEpochNanos);
    open.add(window);
    return window;
  }

  /** Adds an event to the windows in which it happened. */
  public void add(Sample sample) {
    open.forEach(window -> window.add(sample));
  }

  @Override
  public void forEachStack(Consumer<Stack> consumer) {
    open.forEach(window -> window.forEachStack(consumer));
  }

  /** One span of time. */
  public final class Window implements AutoCloseable {
    private final long startEpochNanos;
    private final Accumulator sums = new Accumulator();
    private long endEpochNanos = Long.MAX_VALUE;

    private Window(long startEpochNanos) {
      this.startEpochNanos = startEpochNanos;
    }

    /** Ends the span; what happened before and arrives later still belongs to it. */
    public synchronized void end(long epochNanos) {
      endEpochNanos = Math.min(endEpochNanos, epochNanos);
    }

    /** What has arrived, once the span has an end. */
    public synchronized Snapshot snapshot() {
      return new Snapshot(
          type, period, startEpochNanos, endEpochNanos - startEpochNanos, sums.rows());
    }

    /** Takes nothing any more. */
    @Override
    public void close() {
      open.remove(this);
    }

    private synchronized void add(Sample sample) {
      if (sample.epochNanos() >= startEpochNanos && sample.epochNanos() < endEpochNanos) {
        sums.add(sample.stack(), sample.labels(), sample.count(), sample.amount());
      }
    }

    private synchronized void forEachStack(Consumer<Stack> consumer) {
      sums.forEachStack(consumer);
    }
  }
}
