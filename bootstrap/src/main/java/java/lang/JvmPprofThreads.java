package java.lang;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * What the start of a thread calls, in the thread that starts it and before the new one runs. No
 * locks, no logging, nothing is thrown. What the agent does not take in time is dropped and
 * counted.
 */
public final class JvmPprofThreads {
  /** More than a program can start between two rounds of the agent, unless it does nothing else. */
  private static final int MAX_PENDING = 1 << 12;

  private static final AtomicReference<JvmPprofStart> LATEST = new AtomicReference<>();

  private static volatile Consumer<Thread> observer;

  private JvmPprofThreads() {}

  /** A platform thread is about to start. */
  public static void starting(Thread child) {
    try {
      observe(child);
      record(child);
    } catch (Throwable e) {
      // No room, in memory or on the stack; the application has to start its thread all the same.
    }
  }

  /** A virtual thread is about to start: there may be millions, so where is not recorded. */
  public static void startingVirtual(Thread child) {
    try {
      observe(child);
    } catch (Throwable e) {
      // As above.
    }
  }

  /**
   * Has each thread that starts shown to an observer, in the thread that starts it; it may not lock
   * or block. Null for none.
   */
  public static void setObserver(Consumer<Thread> observer) {
    JvmPprofThreads.observer = observer;
  }

  /**
   * All starts that were recorded since the last call.
   *
   * @return three elements for each: the new thread, the one that started it, and a throwable with
   *     the stack that did
   */
  public static Object[] take() {
    JvmPprofStart latest = LATEST.getAndSet(null);
    if (latest == null) {
      return new Object[0];
    }
    Object[] starts = new Object[3 * (latest.earlierStarts + 1)];
    int at = 0;
    for (JvmPprofStart start = latest; start != null; start = start.earlier) {
      starts[at++] = start.child;
      starts[at++] = start.parent;
      starts[at++] = start;
    }
    return starts;
  }

  private static void observe(Thread child) {
    Consumer<Thread> present = observer;
    if (present != null) {
      present.accept(child);
    }
  }

  private static void record(Thread child) {
    JvmPprofStart before = LATEST.get();
    if (before != null && before.earlierStarts >= MAX_PENDING) {
      return;
    }
    JvmPprofStart start = new JvmPprofStart(child, Thread.currentThread());
    do {
      before = LATEST.get();
      start.earlier = before;
      start.earlierStarts = before == null ? 0 : before.earlierStarts + 1;
    } while (!LATEST.compareAndSet(before, start));
  }
}
