package org.jvmpprof.agent.contention;

import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import org.jvmpprof.agent.time.Ticker;

/**
 * The waits for monitors without hooks that are seen when they last. A wait has begun halfway
 * between two looks and ended halfway between two others: so the sum of all is what was waited, on
 * average, and for a long wait within a look's period. Used by one thread at a time.
 */
final class LongWaits {
  /** More are seen when some of these are over: asking for a thread's state stops all threads. */
  private static final int MAX_WATCHED = 16;

  private final UnhookedWaits waits;
  private final Ticker ticker;
  private final List<Watched> watched = new ArrayList<>();

  private static final class Watched {
    private final long threadId;
    private final long blockedCount;
    private final StackTraceElement[] stack;
    private final boolean counts;
    private long delayNanos;
    private boolean seen = true;

    Watched(ThreadInfo info, long sinceNanos) {
      threadId = info.getThreadId();
      blockedCount = info.getBlockedCount();
      stack = info.getStackTrace();
      counts = sinceNanos > 0;
      delayNanos = sinceNanos / 2;
    }

    boolean is(ThreadInfo info) {
      return threadId == info.getThreadId()
          && blockedCount == info.getBlockedCount()
          && info.getThreadState() == Thread.State.BLOCKED;
    }
  }

  LongWaits(UnhookedWaits waits, Ticker ticker) {
    this.waits = waits;
    this.ticker = ticker;
  }

  /** Whether there is none at present. */
  boolean isEmpty() {
    return watched.isEmpty();
  }

  /** The threads to look at again. */
  long[] threadIds() {
    return watched.stream().mapToLong(each -> each.threadId).toArray();
  }

  /**
   * Notes that a thread was seen waiting.
   *
   * @param sinceNanos the time since the look before
   * @return whether this very wait has been seen before
   */
  boolean seenAgain(ThreadInfo info, long sinceNanos) {
    for (Watched each : watched) {
      if (each.is(info)) {
        each.seen = true;
        each.delayNanos += sinceNanos;
        return true;
      }
    }
    return false;
  }

  /**
   * Takes a wait that has not been seen before, if it still lasts and there is room.
   *
   * @param sinceNanos the time since the look before; 0 at the first look, when what waits already
   *     began while nobody wanted to know
   */
  void begin(ThreadInfo info, long sinceNanos, ThreadMXBean threads) {
    if (watched.size() >= MAX_WATCHED) {
      return;
    }
    ThreadInfo whole = threads.getThreadInfo(info.getThreadId(), Integer.MAX_VALUE);
    if (whole != null && whole.getBlockedCount() == info.getBlockedCount() && isBlocked(whole)) {
      watched.add(new Watched(whole, sinceNanos));
    }
  }

  /**
   * Ends a look: what was not seen any more is over.
   *
   * @param sinceNanos the time since the look before
   */
  void endLook(long sinceNanos) {
    watched.removeIf(each -> isOver(each, sinceNanos));
  }

  /** Forgets all. */
  void clear() {
    watched.clear();
  }

  private boolean isOver(Watched each, long sinceNanos) {
    boolean over = !each.seen;
    each.seen = false;
    if (over && each.counts) {
      waits.add(each.stack, ticker.epochNanos(), each.delayNanos + sinceNanos / 2);
    }
    return over;
  }

  static boolean isBlocked(ThreadInfo info) {
    return info.getThreadState() == Thread.State.BLOCKED && info.getStackTrace().length > 0;
  }
}
