package java.lang;

import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;

/**
 * What of the things that threads park on is a lock, which somebody holds and releases. Latches,
 * semaphores, conditions and queues are none: who ends such a wait does not hold anybody up.
 */
final class JvmPprofLocks {
  private static final Class<?> LOCK = sync(ReentrantLock.class);
  private static final Class<?> READ_WRITE_LOCK = sync(ReentrantReadWriteLock.class);

  private JvmPprofLocks() {}

  /** Hot path: whether threads that park on this wait for a lock. */
  static boolean isLock(Object blocker) {
    if (blocker == null) {
      return false;
    }
    Class<?> kind = blocker.getClass().getSuperclass();
    return kind == LOCK || kind == READ_WRITE_LOCK || blocker instanceof StampedLock;
  }

  /**
   * Hot path: whether threads that park on this wait for input or output: the agent has the JDK's
   * class that virtual threads do so in park on itself.
   */
  static boolean isInputOrOutput(Object blocker) {
    return blocker instanceof Class<?> type && type.getName().equals("sun.nio.ch.Poller");
  }

  /** The class of what a lock of the JDK parks on; a class that nothing is when there is none. */
  private static Class<?> sync(Class<?> lock) {
    try {
      return Class.forName(lock.getName() + "$Sync", false, null);
    } catch (ClassNotFoundException otherJdk) {
      return void.class;
    }
  }
}
