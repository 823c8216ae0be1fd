package org.jvmpprof.agent.profile;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jvmpprof.agent.stack.Stack;
import org.jvmpprof.agent.stack.StackHolder;

/**
 * The events of one profile since the agent started. As in Go nothing is ever reset, also not when
 * recording is turned off. Thread-safe.
 */
public final class Cumulative implements ProfileSource, StackHolder {
  /** Go's block and mutex profiles are scaled already, whatever their rate. */
  private static final long PERIOD = 1;

  private final ProfileType type;
  private final LongSupplier epochNanos;
  private final Accumulator sums = new Accumulator();

  /**
   * Begins at nothing.
   *
   * @param epochNanos the clock
   */
  public Cumulative(ProfileType type, LongSupplier epochNanos) {
    this.type = type;
    this.epochNanos = epochNanos;
  }

  @Override
  public ProfileType type() {
    return type;
  }

  /** Adds an event to its row. */
  public synchronized void add(Sample sample) {
    sums.add(sample.stack(), sample.labels(), sample.count(), sample.amount());
  }

  @Override
  public synchronized void forEachStack(Consumer<Stack> consumer) {
    sums.forEachStack(consumer);
  }

  @Override
  public synchronized Snapshot snapshot() {
    return new Snapshot(type, PERIOD, epochNanos.getAsLong(), 0, sums.rows());
  }
}
