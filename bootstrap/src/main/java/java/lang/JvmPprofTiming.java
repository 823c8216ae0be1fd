package java.lang;

import java.util.concurrent.locks.LockSupport;
import jdk.internal.vm.annotation.DontInline;

/**
 * Hot path: the waits of the current thread, from their begin to their end. No locks, no logging,
 * no exception, no allocation unless a contention is recorded; wait-free but for the claim of a
 * slot, which is lock-free.
 *
 * <p>A token goes from the begin of a wait to its end: 0 when nothing is timed, up to the number of
 * slots when it has a slot, larger when it is the time itself, negative when it is the time of the
 * coarse clock.
 */
final class JvmPprofTiming {
  private static final int FIRST_TIME_TOKEN = JvmPprofWaiters.CAPACITY + 1;
  private static final long BASE_NANOS = JvmPprofChoice.BASE_NANOS;

  /** What entering a free monitor takes, where it is interpreted or its memory is cold. */
  private static final long SLOW_ENTER_NANOS = 20_000;

  private static final Object PROBE = new Object();

  private JvmPprofTiming() {}

  /** Before a monitor is entered that may not be free. */
  static long begin(Object lock) {
    Thread thread = Thread.currentThread();
    return JvmPprofChoice.isChosen(JvmPprofChance.random(thread))
        ? beginChosen(lock, thread)
        : coarseToken();
  }

  /** Out of line, as {@link #end} is: callers stay small enough for the JIT to inline them, too. */
  @DontInline
  private static long beginChosen(Object lock, Thread thread) {
    try {
      JvmPprofChoice.countTimed();
      // Who holds it already does not wait.
      return Thread.holdsLock(lock) ? 0 : beginTimed(lock, thread);
    } catch (Throwable exhausted) {
      return 0;
    }
  }

  /** Whether it is free is found out by what it takes to enter it. */
  private static long beginTimed(Object lock, Thread thread) {
    int weight = JvmPprofChoice.weight();
    return beginWithSlot(lock, thread, JvmPprofChoice.longFrom(), weight);
  }

  /** Before a thread parks. */
  static long beginPark(Object blocker) {
    try {
      Thread thread = Thread.currentThread();
      if (JvmPprofPermits.isHeldBy(thread)) {
        return 0;
      }
      Object known = blocker == null ? LockSupport.getBlocker(thread) : blocker;
      if (JvmPprofLocks.isInputOrOutput(known)) {
        return 0;
      }
      return JvmPprofLocks.isLock(known)
          ? beginParkForLock(known, thread)
          : timeToken(System.nanoTime());
    } catch (Throwable exhausted) {
      return 0;
    }
  }

  private static long beginParkForLock(Object lock, Thread thread) {
    int random = JvmPprofChance.random(thread);
    int weight = JvmPprofChoice.parkWeight(random);
    if (weight == 0) {
      return timeToken(System.nanoTime());
    }
    JvmPprofChoice.countPark();
    return beginWithSlot(lock, thread, JvmPprofChoice.coarseNanos, weight);
  }

  private static long beginWithSlot(Object lock, Thread thread, long seenFrom, int weight) {
    int slot = JvmPprofContention.WAITERS.enter(lock, thread, seenFrom, weight);
    return slot < 0 ? timeToken(System.nanoTime()) : slot + 1;
  }

  private static long coarseToken() {
    return -1 - (JvmPprofChoice.coarseNanos - BASE_NANOS);
  }

  /** Whether an enter that was not timed needs a closer look: mostly it does not. */
  static boolean mayHaveWaited(long coarseToken) {
    return JvmPprofChoice.mayBeLong(coarseSince(coarseToken));
  }

  /**
   * Enters a monitor that is held already, as instrumented code does.
   *
   * @return how long a wait that seemed to be; 0 when it was not timed
   */
  static long emptyWaitNanos() {
    synchronized (PROBE) {
      JvmPprofRates.observe(Thread.currentThread());
      try {
        Thread thread = Thread.currentThread();
        long token = beginTimed(PROBE, thread);
        synchronized (PROBE) {
          JvmPprofContention.after(token);
        }
        return JvmPprofRates.observedNanos();
      } finally {
        JvmPprofRates.observe(null);
      }
    }
  }

  /**
   * Ends what may have been a wait.
   *
   * @param token not 0
   */
  @DontInline
  static void end(long token) {
    try {
      if (token < 0) {
        JvmPprofRates.recordUntimed(coarseSince(token));
        return;
      }
      long now = System.nanoTime();
      if (token >= FIRST_TIME_TOKEN) {
        long delayNanos = now - BASE_NANOS - (token - FIRST_TIME_TOKEN);
        JvmPprofRates.recordWait(now, delayNanos, 1);
      } else {
        endOfSlot((int) token - 1, now);
      }
    } catch (Throwable exhausted) {
      // The application goes on as if nobody had looked.
    }
  }

  private static void endOfSlot(int slot, long now) {
    long delayNanos = now - JvmPprofContention.WAITERS.since(slot);
    int weight = JvmPprofContention.WAITERS.weight(slot);
    // Then it has been seen without having been chosen.
    boolean seen = JvmPprofChoice.isSeen(now, JvmPprofContention.WAITERS.seenFrom(slot));
    boolean free = !seen && delayNanos < SLOW_ENTER_NANOS && wasFree(slot);
    if (JvmPprofLocks.isLock(JvmPprofContention.WAITERS.lock(slot))) {
      noteIfVain(slot, delayNanos);
    }
    JvmPprofContention.WAITERS.leave(slot, Thread.currentThread());
    if (!free) {
      JvmPprofRates.recordWait(now, delayNanos, seen ? 1 : weight);
    }
  }

  /** A lock of the JDK charges who waits for it before it wakes them. */
  private static void noteIfVain(int slot, long delayNanos) {
    if (delayNanos >= SLOW_ENTER_NANOS
        && !JvmPprofContention.WAITERS.isCharged(slot)
        && JvmPprofRates.isMutexOnSince(JvmPprofContention.WAITERS.since(slot))) {
      int weight = JvmPprofContention.WAITERS.weight(slot);
      JvmPprofContention.VAIN_WAITS.add(
          JvmPprofContention.WAITERS.lock(slot), delayNanos * weight, weight);
    }
  }

  /** Whether nobody has released the monitor meanwhile, as far as hooks have seen. */
  private static boolean wasFree(int slot) {
    return !JvmPprofContention.WAITERS.isCharged(slot)
        && JvmPprofContention.WAITERS.lock(slot) != PROBE;
  }

  /** What is timed, and not seen by who releases the lock. */
  static long timeToken(long now) {
    return FIRST_TIME_TOKEN + (now - BASE_NANOS);
  }

  /** What the coarse clock said. */
  private static long coarseSince(long token) {
    return BASE_NANOS - 1 - token;
  }
}
