package org.jvmpprof.shapes;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stands in for the hook class of one thread and notes whether it is called when it should be. */
public final class RecordingHook {
  private static final Deque<Object> entering = new ArrayDeque<>();
  private static final List<Object> locks = new ArrayList<>();
  private static int entered;
  private static int freed;
  private static int recursive;
  private static boolean overflow;

  private RecordingHook() {}

  /** As of the hook class. */
  public static long before(@Nullable Object lock) {
    if (lock == null) {
      return 0;
    }
    entering.push(lock);
    recursive += Thread.holdsLock(lock) ? 1 : 0;
    return entering.size();
  }

  /** As of the hook class. */
  public static void after(long token) {
    if (token == 0) {
      return;
    }
    if (token != entering.size() || !Thread.holdsLock(entering.pop())) {
      throw new IllegalStateException("after without before, or without the lock");
    }
    entered++;
  }

  /** As of the hook class. */
  public static long exit(Object lock) {
    if (!Thread.holdsLock(lock)) {
      throw new IllegalStateException("exit without the lock");
    }
    locks.add(lock);
    if (overflow) {
      throw new StackOverflowError();
    }
    return locks.size();
  }

  /** As of the hook class. */
  public static void released(long token) {
    Object lock = locks.remove((int) token - 1);
    if (locks.size() != token - 1) {
      throw new IllegalStateException("released in another order than exited");
    }
    freed += Thread.holdsLock(lock) ? 0 : 1;
  }

  /** From now on each exit finds the stack exhausted. */
  public static void overflowAtExits() {
    overflow = true;
  }

  /** How many monitors are held that were to be exited since {@link #overflowAtExits}. */
  public static long takeHeld() {
    overflow = false;
    if (locks.isEmpty()) {
      throw new IllegalStateException("no exit");
    }
    long held = locks.stream().filter(Thread::holdsLock).count();
    takeCounts();
    return held;
  }

  /** How often a monitor was entered, entered again, and seen to be free behind its exit. */
  public static String takeCounts() {
    String counts = entered + " entered, " + recursive + " again, " + freed + " freed";
    if (!entering.isEmpty() || !locks.isEmpty()) {
      counts += ", unfinished " + entering + locks;
    }
    entering.clear();
    locks.clear();
    entered = 0;
    recursive = 0;
    freed = 0;
    return counts;
  }
}
