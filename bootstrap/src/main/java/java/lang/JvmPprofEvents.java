package java.lang;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Hot path: the bounded, lossy queue in which contentions wait for the agent. No locks, no logging;
 * an offer allocates nothing and retries only when another thread has taken the slot. What a full
 * queue drops is counted.
 */
final class JvmPprofEvents {
  private static final int CAPACITY = 1 << 12;

  private final AtomicReferenceArray<JvmPprofEvent> slots = new AtomicReferenceArray<>(CAPACITY);
  private final AtomicLong tail = new AtomicLong();
  private volatile long head;

  final LongAdder lostContentions = new LongAdder();
  final LongAdder lostDelayNanos = new LongAdder();

  void offer(JvmPprofEvent event) {
    long at;
    do {
      at = tail.get();
      if (at - head >= CAPACITY) {
        lose(event.contentions, event.delayNanos);
        return;
      }
    } while (!tail.compareAndSet(at, at + 1));
    slots.setRelease((int) at & (CAPACITY - 1), event);
  }

  void lose(long contentions, long delayNanos) {
    lostContentions.add(Math.max(contentions, ~contentions));
    lostDelayNanos.add(delayNanos);
  }

  /** Whether the next offer would be dropped: then no stack need be taken. */
  boolean isFull() {
    return tail.get() - head >= CAPACITY;
  }

  /** Takes what has arrived; called by one thread only. */
  void drainTo(Consumer<? super JvmPprofEvent> consumer) {
    long end = tail.get();
    for (long at = head; at < end; at++) {
      JvmPprofEvent event = slots.getAcquire((int) at & (CAPACITY - 1));
      if (event == null) {
        return;
      }
      slots.setRelease((int) at & (CAPACITY - 1), null);
      // Only now may a producer reuse the slot.
      head = at + 1;
      consumer.accept(event);
    }
  }
}
