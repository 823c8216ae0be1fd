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

  private static final int REFERENCES = 2;
  private static final int LOCK = 0;
  private static final int THREAD = 1;

  private static final int NUMBERS = 4;
  private static final int CHARGED_UNTIL = 0;
  private static final int SINCE = 1;
  private static final int SEEN_FROM = 2;
  private static final int WEIGHT = 3;

  // What belongs to a slot lies side by side, and a thread comes back to the slot that it had: so
  // few cache lines have to come from other cores before a thread may wait.
  private final AtomicReferenceArray<Object> references =
      new AtomicReferenceArray<>(REFERENCES * CAPACITY);
  private final AtomicLongArray numbers = new AtomicLongArray(NUMBERS * CAPACITY);
  private final AtomicInteger count = new AtomicInteger();

  // Of the sweeper only.
  private final long[] suspects = new long[CAPACITY];
  private final byte[] strikes = new byte[CAPACITY];

  /** Slots are claimed below this, so that a search is short while few wait. */
  private volatile int limit = FIRST_LIMIT;

  /** Not a volatile read, which the JIT may move to the begin of the critical section. */
  boolean isEmpty() {
    return count.getAcquire() == 0;
  }

  /**
   * Notes that the current thread begins to wait for a lock. The clock is looked at last.
   *
   * @param seenFromNanos on the coarse clock: when the wait would have been seen without a slot
   * @param weight how many waits this one stands for
   * @return the slot; -1 when too many wait already
   */
  int enter(Object lock, Thread thread, long seenFromNanos, int weight) {
    int slot = claim(thread);
    if (slot >= 0) {
      numbers.setPlain(number(slot, SEEN_FROM), seenFromNanos);
      numbers.setPlain(number(slot, WEIGHT), weight);
      long since = System.nanoTime();
      numbers.setPlain(number(slot, SINCE), since);
      numbers.setPlain(number(slot, CHARGED_UNTIL), since);
      references.setRelease(reference(slot, LOCK), lock);
      count.incrementAndGet();
    }
    return slot;
  }

  long since(int slot) {
    return numbers.getPlain(number(slot, SINCE));
  }

  long seenFrom(int slot) {
    return numbers.getPlain(number(slot, SEEN_FROM));
  }

  int weight(int slot) {
    return (int) numbers.getPlain(number(slot, WEIGHT));
  }

  Object lock(int slot) {
    return references.getPlain(reference(slot, LOCK));
  }

  /** Whether somebody has released the lock since the wait began. */
  boolean isCharged(int slot) {
    return numbers.get(number(slot, CHARGED_UNTIL)) != since(slot);
  }

  /** Ends the wait of a thread, unless that has been done. */
  void leave(int slot, Object thread) {
    // Not at once to nobody: the slot could be claimed before the lock is gone.
    if (references.compareAndSet(reference(slot, THREAD), thread, this)) {
      references.setRelease(reference(slot, LOCK), null);
      references.setRelease(reference(slot, THREAD), null);
      count.decrementAndGet();
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
      if (references.getAcquire(reference(slot, LOCK)) == lock) {
        int chargedUntil = number(slot, CHARGED_UNTIL);
        long charged = numbers.get(chargedUntil);
        if (charged < now && numbers.compareAndSet(chargedUntil, charged, now)) {
          int weight = since(slot) - onSince < 0 ? 0 : weight(slot);
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
        ? charged == since(slot)
        : references.getPlain(reference(slot, THREAD)) == woken;
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
      Object thread = references.getAcquire(reference(slot, THREAD));
      long since = since(slot);
      if (thread == null || mayWait(thread) || since != suspects[slot]) {
        suspects[slot] = since;
        strikes[slot] = 0;
      } else if (++strikes[slot] > PATIENCE) {
        leave(slot, thread);
      }
    }
  }

  private boolean mayWait(Object owner) {
    if (!(owner instanceof Thread thread)) {
      return owner == this;
    }
    Thread.State state = thread.getState();
    return state == Thread.State.BLOCKED
        || state == Thread.State.WAITING
        || state == Thread.State.TIMED_WAITING;
  }

  /** A slot that is nobody's: the one that the thread had before, unless somebody has it. */
  private int claim(Thread thread) {
    int hash = System.identityHashCode(thread);
    int end = limit;
    int probes = end == CAPACITY ? LAST_PROBES : PROBES;
    int step = hash >>> (Integer.SIZE / 2) | 1;
    for (int probe = 0; probe < probes; probe++) {
      int slot = (hash + probe * step) & (end - 1);
      int owner = reference(slot, THREAD);
      if (references.get(owner) == null && references.compareAndSet(owner, null, thread)) {
        return slot;
      }
    }
    if (end == CAPACITY) {
      return -1;
    }
    limit = 2 * end;
    return claim(thread);
  }

  private static int reference(int slot, int which) {
    return REFERENCES * slot + which;
  }

  private static int number(int slot, int which) {
    return NUMBERS * slot + which;
  }
}
