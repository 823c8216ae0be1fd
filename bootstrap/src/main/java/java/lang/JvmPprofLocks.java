package java.lang;

import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import jdk.internal.misc.Unsafe;

/**
 * What of the things that threads park on is a lock, which somebody holds and releases. Latches,
 * semaphores, conditions and queues are none: who ends such a wait does not hold anybody up.
 */
final class JvmPprofLocks {
  private static final Class<?> LOCK = sync(ReentrantLock.class);
  private static final Class<?> READ_WRITE_LOCK = sync(ReentrantReadWriteLock.class);

  private static final Queue QUEUE = queue("AbstractQueuedSynchronizer$Node");

  /** Of ReentrantReadWriteLock, in later JDKs. */
  private static final Queue LONG_QUEUE = queue("AbstractQueuedLongSynchronizer$Node");

  private static final Queue STAMPED_QUEUE = queue("StampedLock$Node");

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
   * Hot path: whether somebody is parked, or about to be, until this lock is released.
   *
   * @param head of the lock's queue
   */
  static boolean isAwaited(Object head, Object lock) {
    return isLock(lock) && queue(lock).isWaiting(head);
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

  private static Queue queue(Object lock) {
    if (lock instanceof AbstractQueuedSynchronizer) {
      return QUEUE;
    }
    return lock instanceof StampedLock ? STAMPED_QUEUE : LONG_QUEUE;
  }

  private static Queue queue(String node) {
    try {
      Class<?> type = Class.forName("java.util.concurrent.locks.".concat(node), false, null);
      Unsafe unsafe = Unsafe.getUnsafe();
      return new Queue(
          unsafe.objectFieldOffset(type, "next"), unsafe.objectFieldOffset(type, "status"));
    } catch (ClassNotFoundException | InternalError otherJdk) {
      return new Queue(-1, -1);
    }
  }

  /**
   * Where the nodes of a queue keep what decides who is woken; -1 when unknown.
   *
   * @param next offset of the node behind
   * @param status offset of what is 0 while a node does not wait to be woken
   */
  private record Queue(long next, long status) {
    /** As {@code signalNext} of both kinds of locks looks. */
    boolean isWaiting(Object head) {
      if (next < 0) {
        return true;
      }
      Object first = Unsafe.getUnsafe().getReferenceVolatile(head, next);
      return first != null && Unsafe.getUnsafe().getIntVolatile(first, status) != 0;
    }
  }
}
