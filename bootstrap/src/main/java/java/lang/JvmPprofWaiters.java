package java.lang;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Hot path: which locks are being waited for at this moment, and since when. Whoever releases a
 * lock is charged with the time that its waiters have waited since they came or since the last
 * release: Go's rule for several waiters (runtime/sema.go, since 1.22), summed exactly instead of
 * interpolated between the first and the last of the queue. Every nanosecond of a wait is charged
 * once.
 *
 * <p>Lock-free: a slot has one owner from {@link #enter} to {@link #leave}; releasers only move the
 * time in it forward. Holds a lock and a thread no longer than the wait.
 */
final class JvmPprofWaiters {
  static final int CAPACITY = 1 << 14;
  private static final int FIRST_LIMIT = 16;
  private static final int PROBES = 8;

  /** Where no doubling helps any more. */
  private static final int LAST_PROBES = 64;

  /** Sweeps that a thread may be found running: after its wait it may have to wait for a core. */
  private static final int PATIENCE = 10;

  private final AtomicReferenceArray<Object> locks = new AtomicReferenceArray<>(CAPACITY);
  private final AtomicReferenceArray<Thread> threads = new AtomicReferenceArray<>(CAPACITY);
  private final AtomicLongArray chargedUntil = new AtomicLongArray(CAPACITY);
  private final long[] since = new long[CAPACITY];
  private final long[] coarseSince = new long[CAPACITY];
  private final int[] weights = new int[CAPACITY];
  private final AtomicInteger count = new AtomicInteger();

  // Of the sweeper only.
  private final long[] suspects = new long[CAPACITY];
  private final byte[] strikes = new byte[CAPACITY];

  /** Slots are claimed below this, so that a search is short while few wait. */
  private volatile int limit = FIRST_LIMIT;

  boolean isEmpty() {
    return count.get() == 0;
  }

  /**
   * Notes that the current thread begins to wait for a lock. The clock is looked at last.
   *
   * @param random any number, other for each thread
   * @param coarseNow the coarse clock, which tells long waits from short ones
   * @param weight how many waits this one stands for
   * @return the slot; -1 when too many wait already
   */
  int enter(Object lock, Thread thread, int random, long coarseNow, int weight) {
    int slot = claim(random);
    if (slot >= 0) {
      coarseSince[slot] = coarseNow;
      weights[slot] = weight;
      threads.setRelease(slot, thread);
      long now = System.nanoTime();
      since[slot] = now;
      chargedUntil.setRelease(slot, now);
      locks.setRelease(slot, lock);
      count.incrementAndGet();
    }
    return slot;
  }

  long since(int slot) {
    return since[slot];
  }

  long coarseSince(int slot) {
    return coarseSince[slot];
  }

  int weight(int slot) {
    return weights[slot];
  }

  Object lock(int slot) {
    return locks.getPlain(slot);
  }

  /** Whether somebody has released the lock since the wait began. */
  boolean isCharged(int slot) {
    return chargedUntil.get(slot) != since[slot];
  }

  /** Ends the wait of the current thread. */
  void leave(int slot, Thread thread) {
    if (threads.compareAndSet(slot, thread, null)) {
      free(slot);
    }
  }

  /**
   * What the waiters for a lock have not been charged to anybody yet: their nanoseconds times
   * weight, and one contention when all are known. When only some are, it counts the weight of the
   * one that is woken, which is right on the average. Where that is not known, each wait counts
   * when it is charged for the first time: as many as there are handovers.
   *
   * @param onSince who waited before already does not count
   * @param woken the thread; {@link JvmPprofLocks#ANYBODY} when that is not known
   * @return a {@link JvmPprofCharge}
   */
  long charge(Object lock, long now, long onSince, Object woken) {
    long delayNanos = 0;
    int contentions = 0;
    int end = limit;
    for (int slot = 0; slot < end; slot++) {
      if (locks.getAcquire(slot) == lock) {
        long charged = chargedUntil.get(slot);
        if (charged < now && chargedUntil.compareAndSet(slot, charged, now)) {
          int weight = since[slot] - onSince < 0 ? 0 : weights[slot];
          delayNanos += (now - charged) * weight;
          if (weight == 1 || standsForRelease(slot, charged, woken)) {
            contentions = Math.max(contentions, weight);
          }
        }
      }
    }
    return JvmPprofCharge.of(delayNanos, contentions);
  }

  /** Looks at no more memory than it must: other cores write to it. */
  private boolean standsForRelease(int slot, long charged, Object woken) {
    return woken == JvmPprofLocks.ANYBODY
        ? charged == since[slot]
        : threads.getPlain(slot) == woken;
  }

  /**
   * Frees slots whose threads do not wait any more: an exhausted stack between the begin and the
   * end of a wait leaves them behind. Called by the agent about once a second.
   */
  void sweep() {
    if (isEmpty()) {
      limit = FIRST_LIMIT;
    }
    for (int slot = 0; slot < CAPACITY; slot++) {
      Thread thread = threads.getAcquire(slot);
      if (thread == null || mayWait(thread) || since[slot] != suspects[slot]) {
        suspects[slot] = since[slot];
        strikes[slot] = 0;
      } else if (++strikes[slot] > PATIENCE && threads.compareAndSet(slot, thread, null)) {
        free(slot);
      }
    }
  }

  private void free(int slot) {
    locks.setRelease(slot, null);
    count.decrementAndGet();
  }

  private static boolean mayWait(Thread thread) {
    Thread.State state = thread.getState();
    return state == Thread.State.BLOCKED
        || state == Thread.State.WAITING
        || state == Thread.State.TIMED_WAITING;
  }

  /** A slot that holds nobody's lock; the mark of a claimed one is this object itself. */
  private int claim(int random) {
    int end = limit;
    int probes = end == CAPACITY ? LAST_PROBES : PROBES;
    int step = random >>> (Integer.SIZE / 2) | 1;
    for (int probe = 0; probe < probes; probe++) {
      int slot = (random + probe * step) & (end - 1);
      if (locks.get(slot) == null && locks.compareAndSet(slot, null, this)) {
        return slot;
      }
    }
    if (end == CAPACITY) {
      return -1;
    }
    limit = 2 * end;
    return claim(random);
  }
}
