package org.jvmpprof.agent.event;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.profile.Labels;
import org.jvmpprof.agent.profile.ProfileType;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.stack.Function;

/**
 * Hot path: a bounded, lossy queue of one profile's events, from many producers to the one drainer.
 * No locks, no logging; an offer allocates nothing.
 *
 * <p>Producers are lock-free: an offer retries only when another producer has taken the slot. What
 * a full buffer drops comes out as one event with the frame {@code jvmpprof.lostProfileEvent}, as
 * Go's runtime/pprof does it. The drainer is wait-free and stops at the first slot that a producer
 * has claimed but not filled yet; it finds that event on its next round.
 */
public final class EventBuffer {
  private static final List<Frame> LOST = List.of(new Frame(Function.LOST_EVENT, 0));

  private final ProfileType type;
  private final AtomicReferenceArray<@Nullable Event> slots;
  private final int mask;
  private final AtomicLong tail = new AtomicLong();
  private volatile long head;
  private final LongAdder lostCount = new LongAdder();
  private final LongAdder lostAmount = new LongAdder();
  private volatile long lastLostEpochNanos;

  /** Makes an empty buffer for {@code capacity} events of one profile, a power of two. */
  public EventBuffer(ProfileType type, int capacity) {
    if (Integer.bitCount(capacity) != 1) {
      throw new IllegalArgumentException("capacity is " + capacity + ", not a power of two");
    }
    this.type = type;
    slots = new AtomicReferenceArray<>(capacity);
    mask = capacity - 1;
  }

  /** The profile that its events belong to. */
  public ProfileType type() {
    return type;
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
        lose(event.epochNanos(), event.count(), event.amount());
        return false;
      }
    } while (!tail.compareAndSet(at, at + 1));
    slots.setRelease((int) at & mask, event);
    return true;
  }

  /** Counts what a producer had to drop before it was an event. */
  public void lose(long epochNanos, long count, long amount) {
    lastLostEpochNanos = epochNanos;
    lostCount.add(count);
    lostAmount.add(amount);
  }

  /**
   * Gives all events that have arrived to the consumer, in order, and what was lost last. Called by
   * the drainer only.
   */
  public void drainTo(Consumer<Event> consumer) {
    long end = tail.get();
    for (long at = head; at < end; at++) {
      Event event = slots.getAcquire((int) at & mask);
      if (event == null) {
        break;
      }
      slots.setRelease((int) at & mask, null);
      // Only now may a producer reuse the slot.
      head = at + 1;
      consumer.accept(event);
    }
    long count = lostCount.sumThenReset();
    long amount = lostAmount.sumThenReset();
    if (count > 0 || amount > 0) {
      consumer.accept(new Event(lastLostEpochNanos, LOST, Labels.NONE, count, amount));
    }
  }
}
