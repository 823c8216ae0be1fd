package java.lang;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Hot path: waits for locks that ended before anybody had released the lock, because the waiter
 * gave up or was woken by somebody else. They are charged to who releases it next. Lock-free;
 * allocates when there is such a wait; keeps no lock alive.
 */
final class JvmPprofVainWaits {
  private static final int CAPACITY = 64;

  private final AtomicReferenceArray<Waited> all = new AtomicReferenceArray<>(CAPACITY);
  private final AtomicInteger count = new AtomicInteger();

  private static final class Waited extends WeakReference<Object> {
    private final long delayNanos;

    Waited(Object lock, long delayNanos) {
      super(lock);
      this.delayNanos = delayNanos;
    }
  }

  boolean isEmpty() {
    return count.get() == 0;
  }

  /** Adds a wait; with too many locks already it is charged to nobody. */
  void add(Object lock, long delayNanos) {
    for (int i = 0; i < CAPACITY; i++) {
      Waited before = all.get(i);
      boolean free = before == null || before.refersTo(null);
      if (free || before.refersTo(lock)) {
        Waited after = new Waited(lock, free ? delayNanos : before.delayNanos + delayNanos);
        if (all.compareAndSet(i, before, after)) {
          count.addAndGet(before == null ? 1 : 0);
          return;
        }
      }
    }
  }

  /** Takes what has been waited for a lock in vain. */
  long take(Object lock) {
    long delayNanos = 0;
    for (int i = 0; i < CAPACITY && count.get() > 0; i++) {
      Waited waited = all.get(i);
      if (waited != null && waited.refersTo(lock) && all.compareAndSet(i, waited, null)) {
        count.decrementAndGet();
        delayNanos += waited.delayNanos;
      }
    }
    return delayNanos;
  }

  /** Forgets locks that are no more. Called by the agent about once a second. */
  void sweep() {
    for (int i = 0; i < CAPACITY; i++) {
      Waited waited = all.get(i);
      if (waited != null && waited.refersTo(null) && all.compareAndSet(i, waited, null)) {
        count.decrementAndGet();
      }
    }
  }
}
