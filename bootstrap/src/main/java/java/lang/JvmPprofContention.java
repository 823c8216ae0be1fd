package java.lang;

import java.util.concurrent.locks.LockSupport;
import jdk.internal.vm.annotation.DontInline;

/**
 * Hot path: what instrumented code calls around monitors, {@code Object.wait} and {@code
 * LockSupport}. No locks, no logging, no exception, no allocation unless a contention is recorded;
 * wait-free but for the claim of a slot, which is lock-free.
 *
 * <p>A token goes from the begin of a wait to its end: 0 when nothing is timed, up to the number of
 * slots when it has a slot, larger when it is the time itself, negative when it is the time of the
 * coarse clock.
 */
public final class JvmPprofContention {
  private static final int FIRST_TIME_TOKEN = JvmPprofWaiters.CAPACITY + 1;
  private static final long BASE_NANOS = System.nanoTime();

  /** What entering a free monitor takes, where it is interpreted or its memory is cold. */
  private static final long SLOW_ENTER_NANOS = 20_000;

  private static final Object PROBE = new Object();

  static final JvmPprofWaiters WAITERS = new JvmPprofWaiters();
  static final JvmPprofVainWaits VAIN_WAITS = new JvmPprofVainWaits();

  private JvmPprofContention() {}

  /** Before {@code monitorenter}, to which a null lock is left. */
  public static long before(Object lock) {
    if (!JvmPprofRates.on || lock == null || JvmPprofMonitorState.isFree(lock)) {
      return 0;
    }
    return begin(lock);
  }

  /** After {@code monitorenter}. */
  public static void after(long token) {
    if (token > 0 || (token < 0 && JvmPprofChoice.mayBeLong(coarseSince(token)))) {
      end(token);
    }
  }

  /**
   * Before {@code monitorexit}.
   *
   * @return what {@link #released} is to record
   */
  public static long exit(Object lock) {
    return WAITERS.isEmpty() ? 0 : release(lock);
  }

  /** After {@code monitorexit}, or when the first in the queue of a lock has been woken. */
  public static void released(long charge) {
    if (charge != 0) {
      JvmPprofRates.recordMutex(charge);
    }
  }

  /** Before {@code Object.wait}, which releases the monitor. */
  public static long waitBefore(Object lock) {
    released(exit(lock));
    return JvmPprofRates.on ? timeToken(System.nanoTime()) : 0;
  }

  /** After {@code Object.wait}. */
  public static void waitAfter(Object lock, long token) {
    after(token);
  }

  /**
   * Before a thread parks.
   *
   * @param blocker what it waits for; null when only the thread may know
   */
  public static long parkBefore(Object blocker) {
    return JvmPprofRates.on ? beginPark(blocker) : 0;
  }

  /** After a thread has parked. */
  public static void parkAfter(long token) {
    after(token);
  }

  /**
   * After a lock of the JDK has been released, before the first in its queue is woken.
   *
   * @param head of the queue, null when nobody has ever waited
   * @param lock what its waiters park on
   * @return what {@link #released} is to record
   */
  public static long handingOver(Object head, Object lock) {
    return head == null || (WAITERS.isEmpty() && VAIN_WAITS.isEmpty()) ? 0 : handOver(head, lock);
  }

  /**
   * Enters a monitor that is held already, as instrumented code does.
   *
   * @return how long a wait that seemed to be; 0 when it was not timed
   */
  public static long emptyWaitNanos() {
    synchronized (PROBE) {
      JvmPprofRates.observe(Thread.currentThread());
      try {
        long token = before(PROBE);
        synchronized (PROBE) {
          after(token);
        }
        return JvmPprofRates.observedNanos();
      } finally {
        JvmPprofRates.observe(null);
      }
    }
  }

  private static long begin(Object lock) {
    Thread thread = Thread.currentThread();
    int random = JvmPprofRates.random(thread);
    return JvmPprofChoice.isChosen(random)
        ? beginChosen(lock, thread, random)
        : -1 - (JvmPprofChoice.coarseNanos - BASE_NANOS);
  }

  /** Out of line, as {@link #end} is: callers stay small enough for the JIT to inline them, too. */
  @DontInline
  private static long beginChosen(Object lock, Thread thread, int random) {
    try {
      JvmPprofChoice.countTimed();
      // Who holds it already does not wait, but for the probe.
      return lock != PROBE && Thread.holdsLock(lock)
          ? 0
          : beginWithSlot(lock, thread, random, JvmPprofChoice.weight());
    } catch (Throwable exhausted) {
      return 0;
    }
  }

  private static long beginPark(Object blocker) {
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
    int random = JvmPprofRates.random(thread);
    int weight = JvmPprofChoice.parkWeight(random);
    if (weight == 0) {
      return timeToken(System.nanoTime());
    }
    JvmPprofChoice.countPark();
    return beginWithSlot(lock, thread, random, weight);
  }

  private static long beginWithSlot(Object lock, Thread thread, int random, int weight) {
    int slot = WAITERS.enter(lock, thread, random, JvmPprofChoice.coarseNanos, weight);
    return slot < 0 ? timeToken(System.nanoTime()) : slot + 1;
  }

  private static long timeToken(long now) {
    return FIRST_TIME_TOKEN + (now - BASE_NANOS);
  }

  /** What the coarse clock said. */
  private static long coarseSince(long token) {
    return BASE_NANOS - 1 - token;
  }

  @DontInline
  private static void end(long token) {
    try {
      if (token < 0) {
        JvmPprofRates.recordLongWait(coarseSince(token));
        return;
      }
      long now = System.nanoTime();
      if (token >= FIRST_TIME_TOKEN) {
        JvmPprofRates.recordWait(now, now - BASE_NANOS - (token - FIRST_TIME_TOKEN), 1);
      } else {
        endOfSlot((int) token - 1, now);
      }
    } catch (Throwable exhausted) {
      // The application goes on as if nobody had looked.
    }
  }

  private static void endOfSlot(int slot, long now) {
    long delayNanos = now - WAITERS.since(slot);
    int weight = WAITERS.weight(slot);
    boolean park = JvmPprofLocks.isLock(WAITERS.lock(slot));
    boolean free = !park && delayNanos < SLOW_ENTER_NANOS && wasFree(slot);
    if (park) {
      noteIfVain(slot, delayNanos);
    }
    // Such a wait would have been seen without having been chosen.
    boolean seenAnyway =
        park || (weight > 1 && JvmPprofChoice.isLong(now, WAITERS.coarseSince(slot)));
    WAITERS.leave(slot, Thread.currentThread());
    if (!free) {
      JvmPprofRates.recordWait(now, delayNanos, seenAnyway ? 1 : weight);
    }
  }

  /** A lock of the JDK charges who waits for it before it wakes them. */
  private static void noteIfVain(int slot, long delayNanos) {
    if (delayNanos >= SLOW_ENTER_NANOS
        && !WAITERS.isCharged(slot)
        && JvmPprofRates.isMutexOnSince(WAITERS.since(slot))) {
      int weight = WAITERS.weight(slot);
      VAIN_WAITS.add(WAITERS.lock(slot), delayNanos * weight, weight);
    }
  }

  /** Whether nobody has released the monitor meanwhile, as far as hooks have seen. */
  private static boolean wasFree(int slot) {
    return !WAITERS.isCharged(slot) && WAITERS.lock(slot) != PROBE;
  }

  @DontInline
  private static long handOver(Object head, Object lock) {
    try {
      long vain = VAIN_WAITS.take(lock);
      Object woken = JvmPprofLocks.awaiting(head, lock);
      return vain != 0 || woken != null ? charge(lock, vain, woken) : 0;
    } catch (Throwable exhausted) {
      return 0;
    }
  }

  @DontInline
  private static long release(Object lock) {
    try {
      return JvmPprofMonitorState.isThin(lock) ? 0 : charge(lock, 0, JvmPprofLocks.ANYBODY);
    } catch (Throwable exhausted) {
      return 0;
    }
  }

  private static long charge(Object lock, long vain, Object woken) {
    long now = System.nanoTime();
    long charge = WAITERS.charge(lock, now, JvmPprofRates.mutexOnSinceNanos(), woken);
    return JvmPprofRates.chosenCharge(vain == 0 ? charge : JvmPprofCharge.sum(charge, vain));
  }
}
