package java.lang;

import java.util.concurrent.locks.LockSupport;
import jdk.internal.misc.Unsafe;
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
  private static final Unsafe UNSAFE = Unsafe.getUnsafe();
  private static final long MARK_OFFSET = 0;
  private static final long STATE_BITS = 3;
  private static final long UNLOCKED = 1;
  private static final long INFLATED = 2;

  /** Whether the mark word of an object tells that nobody has it locked. */
  private static final boolean MARKS = marksTellTheState();

  private static final int FIRST_TIME_TOKEN = JvmPprofWaiters.CAPACITY + 1;
  private static final long BASE_NANOS = System.nanoTime();

  /** What entering a free monitor takes, where it is interpreted or its memory is cold. */
  private static final long SLOW_ENTER_NANOS = 20_000;

  /** The class of virtual threads; one that no thread has where there are none. */
  private static final Class<?> VIRTUAL = virtualThreads();

  /** Where a virtual thread keeps the permit with which its next park returns at once; or -1. */
  private static final long PERMIT_OFFSET = permitOffset();

  private static final Object PROBE = new Object();

  static final JvmPprofWaiters WAITERS = new JvmPprofWaiters();

  private JvmPprofContention() {}

  /** Before {@code monitorenter}, to which a null lock is left. */
  public static long before(Object lock) {
    if (!JvmPprofRates.on || lock == null || (MARKS && state(lock) == UNLOCKED)) {
      return 0;
    }
    return begin(lock);
  }

  /** After {@code monitorenter}. */
  public static void after(long token) {
    if (token > 0 || (token < 0 && JvmPprofRates.mayBeLong(coarseSince(token)))) {
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

  /** After {@code monitorexit}. */
  public static void released(long delayNanos) {
    if (delayNanos != 0) {
      JvmPprofRates.recordMutex(delayNanos);
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

  /** Before a thread is unparked: by whoever releases, if it waits for a lock. */
  public static void unparking(Thread thread) {
    if (thread != null && !WAITERS.isEmpty()) {
      Object blocker = LockSupport.getBlocker(thread);
      if (JvmPprofLocks.isLock(blocker)) {
        released(charge(blocker));
      }
    }
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
    return JvmPprofRates.isChosen(random)
        ? beginChosen(lock, thread, random)
        : -1 - (JvmPprofRates.coarseNanos - BASE_NANOS);
  }

  /** Out of line, as {@link #end} is: callers stay small enough for the JIT to inline them, too. */
  @DontInline
  private static long beginChosen(Object lock, Thread thread, int random) {
    try {
      JvmPprofRates.countTimed();
      // Who holds it already does not wait, but for the probe.
      return lock != PROBE && Thread.holdsLock(lock)
          ? 0
          : beginWithSlot(lock, thread, random, JvmPprofRates.weight());
    } catch (Throwable exhausted) {
      return 0;
    }
  }

  private static long beginPark(Object blocker) {
    try {
      Thread thread = Thread.currentThread();
      if (hasPermit(thread)) {
        return 0;
      }
      Object known = blocker == null ? LockSupport.getBlocker(thread) : blocker;
      if (JvmPprofLocks.isInputOrOutput(known)) {
        return 0;
      }
      return JvmPprofLocks.isLock(known)
          ? beginWithSlot(known, thread, JvmPprofRates.random(thread), 1)
          : timeToken(System.nanoTime());
    } catch (Throwable exhausted) {
      return 0;
    }
  }

  /** A virtual thread has one after each sleep. What a platform thread has is not to be seen. */
  private static boolean hasPermit(Thread thread) {
    return thread.getClass() == VIRTUAL
        && PERMIT_OFFSET >= 0
        && UNSAFE.getBooleanVolatile(thread, PERMIT_OFFSET);
  }

  private static long beginWithSlot(Object lock, Thread thread, int random, int weight) {
    int slot = WAITERS.enter(lock, thread, random, JvmPprofRates.coarseNanos, weight);
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
    long coarseSince = WAITERS.coarseSince(slot);
    boolean free = delayNanos < SLOW_ENTER_NANOS && wasFree(slot);
    WAITERS.leave(slot, Thread.currentThread());
    if (free) {
      return;
    }
    // Such a wait would have been seen without having been chosen.
    boolean seenAnyway = weight > 1 && JvmPprofRates.isLong(now, coarseSince);
    JvmPprofRates.recordWait(now, delayNanos, seenAnyway ? 1 : weight);
  }

  /** Whether it was a monitor that nobody has released meanwhile, as far as hooks have seen. */
  private static boolean wasFree(int slot) {
    Object lock = WAITERS.lock(slot);
    return !WAITERS.isCharged(slot) && lock != PROBE && !JvmPprofLocks.isLock(lock);
  }

  @DontInline
  private static long release(Object lock) {
    return MARKS && state(lock) != INFLATED ? 0 : charge(lock);
  }

  private static long charge(Object lock) {
    try {
      return JvmPprofRates.chosenMutexDelay(WAITERS.charge(lock, System.nanoTime()));
    } catch (Throwable exhausted) {
      return 0;
    }
  }

  private static long state(Object lock) {
    return UNSAFE.getLong(lock, MARK_OFFSET) & STATE_BITS;
  }

  private static boolean marksTellTheState() {
    Object probe = new Object();
    boolean free = state(probe) == UNLOCKED;
    boolean locked;
    synchronized (probe) {
      locked = state(probe) != UNLOCKED;
    }
    return free && locked && state(probe) == UNLOCKED;
  }

  private static Class<?> virtualThreads() {
    try {
      return Class.forName("java.lang.VirtualThread", false, null);
    } catch (ClassNotFoundException olderJdk) {
      return void.class;
    }
  }

  private static long permitOffset() {
    try {
      return VIRTUAL == void.class ? -1 : UNSAFE.objectFieldOffset(VIRTUAL, "parkPermit");
    } catch (InternalError otherJdk) {
      return -1;
    }
  }
}
