package org.jvmpprof.agent.contention;

import java.util.concurrent.TimeUnit;
import org.jvmpprof.agent.time.Ticker;

/**
 * Holds what contention profiling costs in bounds. The rates that the user set are in force until
 * contentions come faster than they may be recorded; then the rates become coarser, and what is
 * recorded counts for more, so that sums stay what they are. A rate that asks for everything (a
 * threshold of 1 ns, a fraction of 1) is never touched. Used by the drainer's thread, but for the
 * setters.
 */
final class ContentionPace {
  private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** A recorded contention costs the application and the drainer some microseconds each. */
  private static final int MAX_RECORDED_PER_ROUND = 100;

  /** Timing an enter costs two looks at the clock. */
  private static final int MAX_TIMED_PER_ROUND = 1_000;

  /** Each place moves cache lines between cores, and whoever releases the lock looks at all. */
  private static final int MAX_SLOTS_PER_ROUND = 500;

  /** Longer waits are always recorded. */
  private static final long MAX_BLOCK_NANOS = TimeUnit.MILLISECONDS.toNanos(16);

  private static final int MAX_SCALE = 1 << 10;
  private static final int PROBES = 20;
  private static final int WARM_UP_PROBES = 3_000;

  /** How much longer than an enter that does not wait a wait must be. */
  private static final int FLOOR_FACTOR = 4;

  private static final long MIN_FLOOR_NANOS = 400;
  private static final long MAX_FLOOR_NANOS = 50_000;

  private final ContentionHook hook;
  private final CoarseClock clock;
  private final Ticker ticker;
  private final MutexThreshold mutexThreshold = new MutexThreshold(MAX_RECORDED_PER_ROUND);
  private final Chosen enters = new Chosen(MAX_TIMED_PER_ROUND);
  private final Chosen parks = new Chosen(MAX_SLOTS_PER_ROUND);
  private final Chosen ticks = new Chosen(MAX_RECORDED_PER_ROUND);
  private long blockNanos;
  private int mutexFraction;
  private int blockScale = 1;
  private int recordedWaits;
  private int recordedReleases;
  private int recordedTicks;
  private long floorNanos = MAX_FLOOR_NANOS;
  private long nextRoundNanos;
  private int rounds;

  ContentionPace(
      ContentionHook hook, CoarseClock clock, Ticker ticker, long blockNanos, int mutexFraction) {
    this.hook = hook;
    this.clock = clock;
    this.ticker = ticker;
    this.blockNanos = blockNanos;
    this.mutexFraction = mutexFraction;
    apply();
  }

  /** Runs the hooks until the JVM has compiled them: interpreted they see waits where none are. */
  synchronized void warmUp() {
    for (int i = 0; i < WARM_UP_PROBES; i++) {
      hook.emptyWaitNanos();
    }
    // These are no reason to time but some of the application's.
    enters.forget(hook.timed());
  }

  synchronized long blockNanos() {
    return blockNanos;
  }

  synchronized void setBlockNanos(long nanos) {
    blockNanos = Math.max(nanos, 0);
    blockScale = 1;
    apply();
  }

  synchronized int mutexFraction() {
    return mutexFraction;
  }

  synchronized void setMutexFraction(int fraction) {
    mutexFraction = Math.max(fraction, 0);
    mutexThreshold.reset();
    apply();
  }

  /** What is in force in place of the rates that were set; for {@code status}. */
  synchronized String inForce() {
    long mutexNanos = mutexThreshold.nanos();
    return "block="
        + blockInForce()
        + "ns mutex="
        + mutexFraction
        + (mutexNanos > 0 ? " mutex-threshold=" + mutexNanos + "ns" : "")
        + (enters.bits() + parks.bits() > 0 ? " sampled" : "");
  }

  /** Looks at what has been recorded since the last call, and adapts. */
  synchronized void recorded(int waits, int releases, int ticks) {
    recordedWaits += waits;
    recordedReleases += releases;
    recordedTicks += ticks;
    long now = ticker.epochNanos();
    if (now < nextRoundNanos) {
      return;
    }
    nextRoundNanos = now + ROUND_NANOS;
    blockScale = scaled(blockScale, recordedWaits);
    if (mutexFraction > 1) {
      mutexThreshold.adapt(recordedReleases);
    }
    recordedWaits = 0;
    recordedReleases = 0;
    choose();
    if (rounds++ % 10 == 0) {
      hook.sweep();
      calibrate();
    }
    apply();
  }

  private void choose() {
    boolean all = blockNanos == 1 || mutexFraction == 1;
    clock.choose(enters.choose(hook.timed(), all));
    hook.chooseParks(parks.choose(hook.parks(), all));
    hook.chooseTicks(ticks.choose(recordedTicks, all));
  }

  /** An interpreted or emulated JVM is slower to find that it need not wait. */
  private void calibrate() {
    long shortest = MAX_FLOOR_NANOS;
    for (int i = 0; i < PROBES; i++) {
      long nanos = hook.emptyWaitNanos();
      // Not each is timed while only some are.
      shortest = nanos > 0 ? Math.min(shortest, nanos) : shortest;
    }
    floorNanos = Math.min(Math.max(FLOOR_FACTOR * shortest, MIN_FLOOR_NANOS), MAX_FLOOR_NANOS);
  }

  private static int scaled(int scale, int recorded) {
    if (recorded > MAX_RECORDED_PER_ROUND) {
      return Math.min(2 * scale, MAX_SCALE);
    }
    return recorded < MAX_RECORDED_PER_ROUND / 4 ? Math.max(scale / 2, 1) : scale;
  }

  private void apply() {
    hook.set(blockInForce(), mutexFraction, mutexThreshold.nanos(), floorNanos);
  }

  private long blockInForce() {
    return blockNanos <= 1 || blockNanos >= MAX_BLOCK_NANOS
        ? blockNanos
        : Math.min(blockNanos * blockScale, MAX_BLOCK_NANOS);
  }
}
