package java.lang;

import java.util.function.Consumer;
import jdk.internal.vm.annotation.DontInline;

/**
 * Hot path: which contentions are recorded, and how much each counts. Go's rules (runtime/mprof.go,
 * {@code blocksampled}, {@code blockevent} and {@code mutexevent}). Wait-free.
 */
public final class JvmPprofRates {
  /** For how many of the releases that {@code mutexFraction} has left one may count. */
  private static final int MAX_COUNTED = 128;

  /**
   * In place of contentions: a tick of the coarse clock has found the thread entering a monitor.
   */
  public static final long TICKED = Long.MIN_VALUE;

  private static final JvmPprofEvents BLOCK = new JvmPprofEvents();
  private static final JvmPprofEvents MUTEX = new JvmPprofEvents();

  // Set by the agent; a stale value in some thread does no harm.
  static boolean on;
  private static long blockNanos;
  private static int mutexFraction;
  private static long mutexNanos;

  /** When the profiles were last turned on: what began before is recorded by none. */
  private static volatile long blockOnSinceNanos;

  private static volatile long mutexOnSinceNanos;

  /** What an enter that does not wait takes, with the clock: shorter ones were none. */
  private static long floorNanos;

  private static volatile Thread observed;
  private static volatile long observedNanos;

  private JvmPprofRates() {}

  /**
   * Sets what is recorded.
   *
   * @param blockNanos waits of at least this always, shorter ones by chance; 0 for none
   * @param mutexFraction one in so many contended releases; 0 for none
   * @param mutexNanos of these, the ones that delayed others by at least this always, the others by
   *     chance
   * @param floorNanos shorter waits were none
   */
  public static void set(long blockNanos, int mutexFraction, long mutexNanos, long floorNanos) {
    long now = System.nanoTime();
    if (JvmPprofRates.blockNanos <= 0) {
      blockOnSinceNanos = now;
    }
    if (JvmPprofRates.mutexFraction <= 0) {
      mutexOnSinceNanos = now;
    }
    JvmPprofRates.blockNanos = blockNanos;
    JvmPprofRates.mutexFraction = mutexFraction;
    JvmPprofRates.mutexNanos = mutexNanos;
    JvmPprofRates.floorNanos = floorNanos;
    on = blockNanos > 0 || mutexFraction > 0;
  }

  /** Gives all waits that were recorded to the agent's drainer. */
  public static void drainBlock(Consumer<? super JvmPprofEvent> consumer) {
    BLOCK.drainTo(consumer);
  }

  /** Gives all contended releases that were recorded to the agent's drainer. */
  public static void drainMutex(Consumer<? super JvmPprofEvent> consumer) {
    MUTEX.drainTo(consumer);
  }

  /**
   * What could not be recorded since the last call.
   *
   * @return {waits, their delay, contended releases, their delay}
   */
  public static long[] takeLost() {
    return new long[] {
      BLOCK.lostContentions.sumThenReset(),
      BLOCK.lostDelayNanos.sumThenReset(),
      MUTEX.lostContentions.sumThenReset(),
      MUTEX.lostDelayNanos.sumThenReset()
    };
  }

  /**
   * Makes the waits of one of the agent's threads visible to the agent, instead of recording them.
   *
   * @param thread null for none
   */
  public static void observe(Thread thread) {
    observedNanos = 0;
    observed = thread;
  }

  /** How long the last wait of the observed thread was; 0 when it had none. */
  public static long observedNanos() {
    return observedNanos;
  }

  /** Frees what exhausted stacks left behind. */
  public static void sweep() {
    JvmPprofContention.WAITERS.sweep();
    JvmPprofContention.VAIN_WAITS.sweep();
  }

  /** Waits that began before are nothing to charge anybody with. */
  static long mutexOnSinceNanos() {
    return mutexOnSinceNanos;
  }

  /** Whether contended releases have been recorded since then. */
  static boolean isMutexOnSince(long nanoTime) {
    return mutexFraction > 0 && nanoTime - mutexOnSinceNanos >= 0;
  }

  /**
   * Records an enter that was not timed, if it was a long wait. A shorter one over which the coarse
   * clock has advanced tells what all such enters have taken, whether they have waited or not.
   */
  static void recordUntimed(long coarseSince) {
    long now = System.nanoTime();
    if (blockNanos > 0 && JvmPprofChoice.isSeen(now, coarseSince + JvmPprofChoice.LONG_NANOS)) {
      // It began anywhere between two ticks.
      recordWait(now, now - coarseSince - JvmPprofChoice.coarsePeriodNanos() / 2, 1);
    } else {
      recordTicked(now, JvmPprofChoice.coarseNanos - coarseSince);
    }
  }

  private static void recordTicked(long now, long delayNanos) {
    Thread thread = Thread.currentThread();
    long rate = JvmPprofChoice.tickNanos();
    if (delayNanos > 0 && JvmPprofChance.isChosen(thread, delayNanos, rate) && !BLOCK.isFull()) {
      BLOCK.offer(new JvmPprofEvent(now, thread, TICKED, Math.max(delayNanos, rate)));
    }
  }

  /** Records a wait, or not: on the thread that has waited. */
  static void recordWait(long now, long delayNanos, int weight) {
    if (observed != null && observed == Thread.currentThread()) {
      observedNanos = delayNanos;
      return;
    }
    long rate = blockNanos;
    if (delayNanos < floorNanos || now - delayNanos - blockOnSinceNanos < 0) {
      return;
    }
    Thread thread = Thread.currentThread();
    long contentions = JvmPprofChance.contentions(thread, delayNanos, rate, weight);
    if (contentions > 0) {
      long delayOfAll = Math.max(delayNanos, rate) * weight;
      record(BLOCK, now, thread, weight > 1 ? ~contentions : contentions, delayOfAll);
    }
  }

  /** Records what a thread has waited for before it parked, or not; the park is what counts. */
  static void recordSpin(long now, long delayNanos) {
    try {
      long rate = blockNanos;
      Thread thread = Thread.currentThread();
      if (delayNanos >= floorNanos && JvmPprofChance.contentions(thread, delayNanos, rate, 1) > 0) {
        record(BLOCK, now, thread, 0, Math.max(delayNanos, rate));
      }
    } catch (Throwable exhausted) {
      // The application goes on as if nobody had looked.
    }
  }

  /**
   * Chooses among waits that the JVM itself has timed, as among others.
   *
   * @return {contentions, their delay}; both 0 when the wait is not to be recorded
   */
  public static long[] chosenWait(long delayNanos) {
    long rate = blockNanos;
    long contentions = JvmPprofChance.contentions(Thread.currentThread(), delayNanos, rate, 1);
    return new long[] {contentions, contentions == 0 ? 0 : Math.max(delayNanos, rate)};
  }

  /** What a release is charged with if it is chosen, otherwise 0. */
  static long chosenCharge(long charge) {
    int fraction = mutexFraction;
    long delayNanos = JvmPprofCharge.delayNanos(charge);
    if (fraction <= 0 || delayNanos < floorNanos) {
      return 0;
    }
    Thread thread = Thread.currentThread();
    boolean chosen = fraction == 1 || JvmPprofChance.fraction(thread) * fraction < 1;
    return chosen && JvmPprofChance.isChosen(thread, delayNanos, mutexRate(delayNanos))
        ? charge
        : 0;
  }

  /**
   * The threshold for a release: one that delays others little counts for many, but not for all.
   */
  private static long mutexRate(long delayNanos) {
    return Math.min(mutexNanos / MAX_COUNTED, delayNanos) * MAX_COUNTED;
  }

  /**
   * Records a release that was chosen, on the thread that releases. Out of line: every method with
   * a monitor has this call.
   */
  @DontInline
  static void recordMutex(long charge) {
    try {
      long fraction = mutexFraction;
      long delayNanos = JvmPprofCharge.delayNanos(charge);
      long rate = mutexRate(delayNanos);
      long contentions = fraction * JvmPprofCharge.contentions(charge);
      Thread thread = Thread.currentThread();
      long counted = JvmPprofChance.counted(thread, delayNanos, rate, contentions);
      record(
          MUTEX,
          System.nanoTime(),
          thread,
          JvmPprofCharge.isEstimated(charge) ? ~counted : counted,
          fraction * Math.max(delayNanos, rate));
    } catch (Throwable exhausted) {
      // The application goes on as if nobody had looked.
    }
  }

  private static void record(
      JvmPprofEvents events, long now, Thread thread, long contentions, long delayNanos) {
    if (events.isFull()) {
      events.lose(contentions, delayNanos);
    } else {
      events.offer(new JvmPprofEvent(now, thread, contentions, delayNanos));
    }
  }
}
