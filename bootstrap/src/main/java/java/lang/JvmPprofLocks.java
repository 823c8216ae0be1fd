package java.lang;

import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import jdk.internal.misc.Unsafe;

/**
 * What of the things that threads park on is a lock, which somebody holds and releases. Latches,
 * semaphores, conditions and queues are none: who ends such a wait does not hold anybody up.
 */
final class JvmPprofLocks {
  /** In place of a thread, where it is not known which one. */
  static final Object ANYBODY = new Object();

  private static final Class<?> UNFAIR_LOCK = sync(ReentrantLock.class, "Nonfair");
  private static final Class<?> FAIR_LOCK = sync(ReentrantLock.class, "Fair");
  private static final Class<?> UNFAIR_PAIR = sync(ReentrantReadWriteLock.class, "Nonfair");
  private static final Class<?> FAIR_PAIR = sync(ReentrantReadWriteLock.class, "Fair");

  private static final Queue QUEUE = queue("AbstractQueuedSynchronizer$Node");

  /** Of ReentrantReadWriteLock, in later JDKs. */
  private static final Queue LONG_QUEUE = queue("AbstractQueuedLongSynchronizer$Node");

  private static final Queue STAMPED_QUEUE = queue("StampedLock$Node");

  /** Whether {@link #awaiting} tells threads. */
  static final boolean KNOWS_WOKEN =
      QUEUE.next >= 0 && LONG_QUEUE.next >= 0 && STAMPED_QUEUE.next >= 0;

  /** How far to look behind those whose park is for something else, or has not begun. */
  private static final int MAX_SKIPPED = 8;

  private JvmPprofLocks() {}

  /** Hot path: whether threads that park on this wait for a lock. */
  static boolean isLock(Object blocker) {
    if (blocker == null) {
      return false;
    }
    Class<?> kind = blocker.getClass();
    return kind == UNFAIR_LOCK
        || kind == FAIR_LOCK
        || kind == UNFAIR_PAIR
        || kind == FAIR_PAIR
        || blocker instanceof StampedLock;
  }

  /**
   * Hot path: whether somebody is parked, or about to be, until this lock is released, and whose
   * park stands for that: the first one's which is for this lock. Who has been signalled is in the
   * queue of the lock, too, but has parked for a condition.
   *
   * @param head of the lock's queue
   * @return the thread; something else when there is none in sight; {@link #ANYBODY} when this JDK
   *     does not let us know; null when nobody waits
   */
  static Object awaiting(Object head, Object lock) {
    return isLock(lock) ? queue(lock).waiting(head, lock) : null;
  }

  /**
   * Hot path: whether threads that park on this wait for input or output: the agent has the JDK's
   * class that virtual threads do so in park on itself.
   */
  static boolean isInputOrOutput(Object blocker) {
    return blocker instanceof Class<?> type && type.getName().equals("sun.nio.ch.Poller");
  }

  /** The class of what a lock of the JDK parks on; a class that nothing is when there is none. */
  private static Class<?> sync(Class<?> lock, String kind) {
    try {
      return Class.forName(lock.getName().concat("$").concat(kind).concat("Sync"), false, null);
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
          unsafe.objectFieldOffset(type, "next"),
          unsafe.objectFieldOffset(type, "status"),
          unsafe.objectFieldOffset(type, "waiter"));
    } catch (ClassNotFoundException | InternalError otherJdk) {
      return new Queue(-1, -1, -1);
    }
  }

  /**
   * Where the nodes of a queue keep what decides who is woken; -1 when unknown.
   *
   * @param next offset of the node behind
   * @param status offset of what is 0 while a node does not wait to be woken
   * @param waiter offset of its thread
   */
  private record Queue(long next, long status, long waiter) {
    /** As {@code signalNext} looks. */
    Object waiting(Object head, Object lock) {
      if (next < 0) {
        return ANYBODY;
      }
      Unsafe unsafe = Unsafe.getUnsafe();
      Object first = unsafe.getReferenceVolatile(head, next);
      if (first == null || unsafe.getIntVolatile(first, status) == 0) {
        return null;
      }
      Object node = first;
      for (int skipped = 0; skipped < MAX_SKIPPED && node != null; skipped++) {
        Object thread = unsafe.getReferenceVolatile(node, waiter);
        if (thread != null && LockSupport.getBlocker((Thread) thread) == lock) {
          return thread;
        }
        node = unsafe.getReferenceVolatile(node, next);
      }
      return first;
    }
  }
}
