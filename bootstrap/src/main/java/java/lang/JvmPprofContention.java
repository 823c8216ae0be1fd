package java.lang;

import jdk.internal.vm.annotation.DontInline;

/**
 * Hot path: what instrumented code calls around monitors, {@code Object.wait} and {@code
 * LockSupport}. No locks, no logging, no exception, no allocation unless a contention is recorded;
 * wait-free but for the claim of a slot, which is lock-free.
 *
 * <p>A token goes from the begin of a wait to its end, see {@link JvmPprofTiming}; 0 is none.
 */
public final class JvmPprofContention {
  static final JvmPprofWaiters WAITERS = new JvmPprofWaiters();
  static final JvmPprofVainWaits VAIN_WAITS = new JvmPprofVainWaits();

  private JvmPprofContention() {}

  /** Before {@code monitorenter}, to which a null lock is left. */
  public static long before(Object lock) {
    if (!JvmPprofRates.on || lock == null || JvmPprofMonitorState.isFree(lock)) {
      return 0;
    }
    return JvmPprofTiming.begin(lock);
  }

  /** After {@code monitorenter}. */
  public static void after(long token) {
    if (token > 0 || (token < 0 && JvmPprofTiming.mayHaveWaited(token))) {
      JvmPprofTiming.end(token);
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
    return JvmPprofRates.on ? JvmPprofTiming.timeToken(System.nanoTime()) : 0;
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
    return JvmPprofRates.on ? JvmPprofTiming.beginPark(blocker) : 0;
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

  /** See {@link JvmPprofTiming#emptyWaitNanos}. */
  public static long emptyWaitNanos() {
    return JvmPprofTiming.emptyWaitNanos();
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
      if (JvmPprofMonitorState.isThin(lock)) {
        return 0;
      }
      long charge = charge(lock, 0, JvmPprofLocks.ANYBODY);
      return JvmPprofChoice.areAllTimed() ? charge : JvmPprofCharge.estimated(charge);
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
