package java.lang;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Which labels the virtual thread has that is on a carrier, from when on. The carrier writes, one
 * other thread may read; the older half is for entries that are overwritten while they are read.
 */
final class JvmPprofMountLog {
  /** No labels, or none known. */
  static final int NONE = -1;

  /** Longer than any sample is on its way. */
  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(15);

  private static final int FIRST_SIZE = 1 << 12;
  private static final int MAX_SIZE = 1 << 19;

  /** An id, and one value for none; above it the time, which may wrap around. */
  private static final int ID_BITS = 17;

  private static final int ID_MASK = (1 << ID_BITS) - 1;

  final Thread carrier;
  private final AtomicLong written = new AtomicLong();

  /** Replaced by a larger one, never changed in place, while it is read. */
  private volatile AtomicLongArray entries = new AtomicLongArray(FIRST_SIZE);

  JvmPprofMountLog(Thread carrier) {
    this.carrier = carrier;
  }

  /** From now on the labels are these; null for none. Called on the carrier. */
  void add(JvmPprofLabels labels) {
    int id = labels == null ? NONE : labels.id;
    long entry = System.nanoTime() << ID_BITS | (id - NONE);
    long index = written.getPlain();
    AtomicLongArray current = entries;
    int kept = current.length() >>> 1;
    if ((index & (kept - 1)) == 0 && kept < MAX_SIZE >>> 1 && index > 0) {
      current = roomier(current, index, entry);
    }
    current.setPlain((int) index & (current.length() - 1), entry);
    written.setRelease(index + 1);
  }

  /** The id of the label set that was in force at a time of {@link System#nanoTime}. */
  int at(long nanoTime) {
    long end = written.getAcquire();
    AtomicLongArray current = entries;
    int mask = current.length() - 1;
    long oldest = Math.max(0, end - (current.length() >>> 1));
    long low = oldest;
    long high = end;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (isAfter(current.getAcquire((int) middle & mask), nanoTime << ID_BITS | ID_MASK)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low == oldest ? NONE : id(current.getAcquire((int) (low - 1) & mask));
  }

  /** Twice the room, if what is kept does not reach back far enough. */
  private AtomicLongArray roomier(AtomicLongArray current, long index, long entry) {
    int size = current.length();
    int kept = size >>> 1;
    long oldest = current.getPlain((int) (index - kept) & (size - 1));
    if (isAfter(entry - (KEPT_NANOS << ID_BITS), oldest)) {
      return current;
    }
    AtomicLongArray larger;
    try {
      larger = new AtomicLongArray(2 * size);
    } catch (OutOfMemoryError e) {
      return current;
    }
    for (long i = Math.max(0, index - size); i < index; i++) {
      larger.setPlain((int) i & (2 * size - 1), current.getPlain((int) i & (size - 1)));
    }
    entries = larger;
    return larger;
  }

  private static int id(long entry) {
    return (int) (entry & ID_MASK) + NONE;
  }

  private static boolean isAfter(long entry, long other) {
    return entry - other > 0;
  }
}
