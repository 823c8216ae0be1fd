package org.jvmpprof.agent.threads;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.concurrent.TimeUnit;
import org.jvmpprof.agent.stack.Table;
import org.jvmpprof.agent.time.Ticker;

/**
 * How long platform threads have been waiting, at least. The JVM counts the waits of each thread,
 * so one that waits and has not begun another wait since it was last looked at has been waiting
 * since then. Go knows no more: it notes a wait when a collection comes across it. No thread is
 * stopped or asked for anything. Thread-safe.
 */
final class LongWaits {
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(20);

  /** A look may take one part in so many of the time until the next. */
  private static final long COST_DIVISOR = 1000;

  private final Ticker ticker;
  private Table<Long, Wait> waits = new Table<>();
  private boolean watching;
  private long dueNanos;

  /** One of a thread's waits: the number of it, and when it was first seen. */
  private record Wait(long blocked, long waited, long seenNanos) {
    boolean isSame(ThreadInfo info) {
      return blocked == info.getBlockedCount() && waited == info.getWaitedCount();
    }
  }

  /** Looks at nothing before it is told to. */
  LongWaits(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Looks from now on; not at once, when the application starts. */
  synchronized void watch() {
    watching = true;
    dueNanos = ticker.epochNanos() + LOOK_NANOS;
  }

  /** A round of the drainer. */
  synchronized void poll() {
    long nowNanos = ticker.epochNanos();
    if (watching && nowNanos >= dueNanos) {
      look(JavaThreads.platform().stream().mapToLong(JavaThreads::id).toArray());
      long tookNanos = ticker.epochNanos() - nowNanos;
      dueNanos = nowNanos + Math.max(LOOK_NANOS, COST_DIVISOR * tookNanos);
    }
  }

  /** Looks at some threads now, and forgets the others. */
  synchronized void look(long[] threadIds) {
    watching = true;
    long nowNanos = ticker.epochNanos();
    Table<Long, Wait> now = new Table<>();
    try {
      for (ThreadInfo info : ManagementFactory.getThreadMXBean().getThreadInfo(threadIds)) {
        if (info != null && isWaiting(info.getThreadState())) {
          now.put(info.getThreadId(), wait(info, nowNanos));
        }
      }
    } catch (NoClassDefFoundError | SecurityException e) {
      watching = false;
    }
    waits = now;
  }

  /** How many whole minutes a thread has been waiting at least; 0 when that is not known. */
  synchronized long minutes(long threadId) {
    Wait wait = waits.get(threadId);
    return wait == null ? 0 : TimeUnit.NANOSECONDS.toMinutes(ticker.epochNanos() - wait.seenNanos);
  }

  private Wait wait(ThreadInfo info, long nowNanos) {
    Wait before = waits.get(info.getThreadId());
    return before != null && before.isSame(info)
        ? before
        : new Wait(info.getBlockedCount(), info.getWaitedCount(), nowNanos);
  }

  private static boolean isWaiting(Thread.State state) {
    return state == Thread.State.BLOCKED
        || state == Thread.State.WAITING
        || state == Thread.State.TIMED_WAITING;
  }
}
