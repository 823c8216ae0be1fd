package java.lang;

import jdk.internal.misc.Unsafe;

/**
 * Hot path: what the mark word of an object tells about its monitor, where it tells anything.
 * Wait-free.
 */
final class JvmPprofMonitorState {
  private static final Unsafe UNSAFE = Unsafe.getUnsafe();
  private static final long MARK_OFFSET = 0;
  private static final long STATE_BITS = 3;
  private static final long UNLOCKED = 1;
  private static final long INFLATED = 2;

  private static final boolean TOLD = marksTellTheState();

  private JvmPprofMonitorState() {}

  /** Whether nobody has it locked for certain. */
  static boolean isFree(Object lock) {
    return TOLD && state(lock) == UNLOCKED;
  }

  /** Whether nobody waits for it for certain. */
  static boolean isThin(Object lock) {
    return TOLD && state(lock) != INFLATED;
  }

  private static long state(Object lock) {
    return UNSAFE.getLongOpaque(lock, MARK_OFFSET) & STATE_BITS;
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
}
