package java.lang;

import java.lang.ref.ReferenceQueue;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import java.util.function.LongUnaryOperator;

/**
 * All label sets by their contents and by their ids, which are few enough for {@link
 * JvmPprofMarks}. A set that nobody has any more keeps its id until the last sample with it has
 * arrived. Lock-free, but for the sweep, which is the agent's.
 *
 * <p>The agent cannot link this class and sees it as functions of the JDK's types.
 */
final class JvmPprofLabelTable implements IntFunction<String[]>, LongUnaryOperator {
  /** The id of a set that found no free one. */
  static final int TOO_MANY = 0;

  private static final int IDS = 1 << 16;
  private static final int BUCKETS = 1 << 14;

  /** Longer than any sample is on its way. */
  private static final long KEPT_MILLIS = 30_000;

  private static final AtomicReferenceArray<JvmPprofLabelSlot> BY_ID =
      new AtomicReferenceArray<>(IDS);
  private static final AtomicReferenceArray<JvmPprofLabelSlot> BY_CONTENTS =
      new AtomicReferenceArray<>(BUCKETS);
  private static final AtomicInteger NEXT_ID = new AtomicInteger(TOO_MANY + 1);
  private static final ConcurrentLinkedQueue<Integer> FREE_IDS = new ConcurrentLinkedQueue<>();
  private static final ReferenceQueue<JvmPprofLabels> GONE = new ReferenceQueue<>();
  private static final ArrayDeque<JvmPprofLabelSlot> KEPT = new ArrayDeque<>();
  private static final LongAdder TOO_MANY_COUNT = new LongAdder();

  JvmPprofLabelTable() {}

  /** The set of these labels, which is new when nobody has it. */
  static JvmPprofLabels intern(String[] pairs) {
    int hash = hash(pairs);
    JvmPprofLabels known = find(BY_CONTENTS.get(bucket(hash)), hash, pairs);
    return known == null ? add(hash, pairs) : known;
  }

  /** The labels of an id, the same array each time; null when it is nobody's. */
  @Override
  public String[] apply(int id) {
    JvmPprofLabelSlot slot = BY_ID.get(id);
    return slot == null ? null : slot.pairs;
  }

  /**
   * Frees the ids of sets that are gone for long enough. Called by one thread.
   *
   * @param nowMillis time that never goes back
   * @return how many sets have found no free id since the start
   */
  @Override
  public long applyAsLong(long nowMillis) {
    JvmPprofLabelSlot gone = (JvmPprofLabelSlot) GONE.poll();
    while (gone != null) {
      gone.goneMillis = nowMillis;
      KEPT.add(gone);
      gone = (JvmPprofLabelSlot) GONE.poll();
    }
    while (!KEPT.isEmpty() && nowMillis - KEPT.peek().goneMillis > KEPT_MILLIS) {
      JvmPprofLabelSlot old = KEPT.remove();
      unlink(old);
      BY_ID.set(old.id, null);
      FREE_IDS.add(old.id);
    }
    return TOO_MANY_COUNT.sum();
  }

  private static JvmPprofLabels find(JvmPprofLabelSlot first, int hash, String[] pairs) {
    for (JvmPprofLabelSlot slot = first; slot != null; slot = slot.next) {
      if (slot.hash == hash && Arrays.equals(slot.pairs, pairs)) {
        JvmPprofLabels known = slot.get();
        if (known != null) {
          return known;
        }
      }
    }
    return null;
  }

  private static JvmPprofLabels add(int hash, String[] pairs) {
    JvmPprofLabels added = new JvmPprofLabels(newId(), pairs);
    if (added.id == TOO_MANY) {
      TOO_MANY_COUNT.increment();
      return added;
    }
    JvmPprofLabelSlot slot = new JvmPprofLabelSlot(added, GONE, hash, pairs);
    BY_ID.set(added.id, slot);
    int bucket = bucket(hash);
    JvmPprofLabelSlot first;
    do {
      first = BY_CONTENTS.get(bucket);
      JvmPprofLabels known = find(first, hash, pairs);
      if (known != null) {
        // Somebody was faster; nobody has seen this id.
        BY_ID.set(added.id, null);
        FREE_IDS.add(added.id);
        slot.clear();
        return known;
      }
      slot.next = first;
    } while (!BY_CONTENTS.compareAndSet(bucket, first, slot));
    return added;
  }

  private static int newId() {
    Integer free = FREE_IDS.poll();
    if (free != null) {
      return free;
    }
    return NEXT_ID.get() < IDS ? nextId() : TOO_MANY;
  }

  private static int nextId() {
    int id = NEXT_ID.getAndIncrement();
    return id < IDS ? id : TOO_MANY;
  }

  /** Others only ever add at the front. */
  private static void unlink(JvmPprofLabelSlot old) {
    int bucket = bucket(old.hash);
    if (BY_CONTENTS.compareAndSet(bucket, old, old.next)) {
      return;
    }
    JvmPprofLabelSlot before = BY_CONTENTS.get(bucket);
    while (before.next != old) {
      before = before.next;
    }
    before.next = old.next;
  }

  private static int hash(String[] pairs) {
    int hash = Arrays.hashCode(pairs);
    return hash ^ hash >>> 16;
  }

  private static int bucket(int hash) {
    return hash & (BUCKETS - 1);
  }
}
