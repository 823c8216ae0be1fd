package org.jvmpprof.agent.event;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hot path: a bounded, lossy queue from many producers to the one drainer. No locks, no logging; an
 * offer allocates nothing.
 *
 * <p>Producers are lock-free: an offer retries only when another producer has taken the slot, and a
 * full buffer drops the event and counts it. The drainer is wait-free and stops at the first slot
 * that a producer has claimed but not filled yet; it finds that event on its next round.
 */
public final class EventBuffer {
  private final AtomicReferenceArray<@Nullable Event> slots;
  private final int mask;
  private final AtomicLong tail = new AtomicLong();
  private volatile long head;
  private final LongAdder lost = new LongAdder();

  /** Makes an empty buffer for {@code capacity} events, a power of two. */
  public EventBuffer(int capacity) {
    if (Integer.bitCount(capacity) != 1) {
      throw new IllegalArgumentException("capacity is " + capacity + ", not a power of two");
    }
    slots = new AtomicReferenceArray<>(capacity);
    mask = capacity - 1;
  }

  /**
   * Hands an event over, or drops and counts it when the buffer is full.
   *
   * @return whether it was taken
   */
  public boolean offer(Event event) {
    long at;
    do {
      at = tail.get();
      if (at - head > mask) {
        lost.add(event.count());
        return false;
      }
    } while (!tail.compareAndSet(at, at + 1));
    slots.setRelease((int) at & mask, event);
    return true;
  }

  /** Adds to the count of lost samples what a producer could not even offer. */
  public void lose(long samples) {
    lost.add(samples);
  }

  /**
   * Gives all events that have arrived to the consumer, in order. Called by the drainer only.
   *
   * @return how many there were
   */
  public int drainTo(Consumer<Event> consumer) {
    int taken = 0;
    long end = tail.get();
    for (long at = head; at < end; at++) {
      Event event = slots.getAcquire((int) at & mask);
      if (event == null) {
        break;
      }
      slots.setRelease((int) at & mask, null);
      // Only now may a producer reuse the slot.
      head = at + 1;
      taken++;
      consumer.accept(event);
    }
    return taken;
  }

  /** The samples lost since the last call; the next call begins at zero again. */
  public long takeLost() {
    return lost.sumThenReset();
  }
}
