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
    private final int weight;

    Waited(Object lock, long delayNanos, int weight) {
      super(lock);
      this.delayNanos = delayNanos;
      this.weight = weight;
    }
  }

  boolean isEmpty() {
    return count.getAcquire() == 0;
  }

  /**
   * Adds a wait; with too many locks already it is charged to nobody.
   *
   * @param delayNanos times weight
   * @param weight how many such waits this one stands for
   */
  void add(Object lock, long delayNanos, int weight) {
    for (int i = 0; i < CAPACITY; i++) {
      Waited before = all.get(i);
      boolean free = before == null || before.refersTo(null);
      if (free || before.refersTo(lock)) {
        Waited after =
            free
                ? new Waited(lock, delayNanos, weight)
                : new Waited(lock, before.delayNanos + delayNanos, Math.max(before.weight, weight));
        if (all.compareAndSet(i, before, after)) {
          count.addAndGet(before == null ? 1 : 0);
          return;
        }
      }
    }
  }

  /**
   * Takes what has been waited for a lock in vain.
   *
   * @return a {@link JvmPprofCharge}
   */
  long take(Object lock) {
    long delayNanos = 0;
    int weight = 0;
    for (int i = 0; i < CAPACITY && count.get() > 0; i++) {
      Waited waited = all.get(i);
      if (waited != null && waited.refersTo(lock) && all.compareAndSet(i, waited, null)) {
        count.decrementAndGet();
        delayNanos += waited.delayNanos;
        weight = Math.max(weight, waited.weight);
      }
    }
    return JvmPprofCharge.of(delayNanos, weight);
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
