package org.jvmpprof.agent.contention;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.event.AgentThreads;

/**
 * Finds out cheaply whether threads wait for monitors that have no hooks. It looks at all threads'
 * states; where some are blocked, now and then at what they want to enter. So it sees a wait with a
 * chance that grows with how much time is lost there; what it sees it records, until there is so
 * much that JFR has to. Platform threads only: the JVM has no list of the virtual ones. Used by one
 * thread at a time.
 */
final class MonitorWitness {
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** A look may take a thousandth of the time until the next. */
  private static final long COST_DIVISOR = 1000;

  /** The first look at stacks loads classes, and any may have to wait for a processor. */
  private static final long MAX_PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final int MAX_STACKS = 8;

  /** Stacks stop all threads for a moment: rarer as long as hooks are all that they show. */
  private static final int MAX_SKIPPED_STACKS = 16;

  /** So many sightings are not the start of an application, where class loaders are waited for. */
  private static final int ENOUGH = 5;

  /** After so many looks half of the sightings are forgotten. */
  private static final int MEMORY = 100;

  private final Weaving weaving;
  private final AgentThreads agentThreads;
  private final LongWaits longWaits;
  private final ThreadGroup root = rootGroup();
  private final SplittableRandom random = new SplittableRandom();
  private @Nullable Thread[] threads = new Thread[64];
  private long dueNanos = System.nanoTime();
  private long lookedNanos;
  private long lookedForNewNanos;
  private boolean blind;
  private int looks;
  private int sightings;
  private int skip;
  private int skipped;

  /**
   * Has not looked yet.
   *
   * @param fromStart whether nothing of the application waits so far
   */
  MonitorWitness(
      Weaving weaving, AgentThreads agentThreads, LongWaits longWaits, boolean fromStart) {
    this.weaving = weaving;
    this.agentThreads = agentThreads;
    this.longWaits = longWaits;
    lookedForNewNanos = fromStart ? System.nanoTime() : 0;
  }

  /** Looks once more at what has been seen waiting. */
  void finish() {
    if (!blind && !longWaits.isEmpty()) {
      tryToLook(false);
    }
  }

  /** Forgets what waits at present. */
  void rest() {
    longWaits.clear();
    lookedForNewNanos = 0;
  }

  /**
   * Looks, if it is time to; returns whether enough has been seen. What has been seen waiting is
   * looked at each time, so that its end is not missed.
   *
   * @param forNew whether for more than the ends of the waits that were seen before
   */
  boolean hasSeenEnough(boolean forNew) {
    long startNanos = System.nanoTime();
    boolean due = forNew && startNanos - dueNanos >= 0;
    if (!blind && (due || !longWaits.isEmpty())) {
      // The first one takes long because nothing is compiled yet.
      boolean isFirst = looks == 0;
      tryToLook(due);
      long now = System.nanoTime();
      if (due) {
        long costNanos = isFirst ? 0 : COST_DIVISOR * (now - startNanos);
        dueNanos = now + Math.min(Math.max(PERIOD_NANOS / 2, costNanos), MAX_PERIOD_NANOS);
      }
    }
    return sightings >= ENOUGH;
  }

  /** Without the module java.management, nothing is seen. */
  private void tryToLook(boolean forNew) {
    try {
      long nanos = System.nanoTime();
      if (forNew) {
        lookForNew(nanos);
      } else {
        lookAt(new long[0], 0, nanos - lookedNanos);
      }
      lookedNanos = nanos;
    } catch (LinkageError e) {
      blind = true;
    }
  }

  private void lookForNew(long nanos) {
    if (++looks % MEMORY == 0) {
      sightings /= 2;
    }
    long[] blocked = blockedThreads();
    if (blocked.length > 0 && longWaits.isEmpty() && skipped++ < skip) {
      return;
    }
    skipped = 0;
    if (blocked.length > 0 || !longWaits.isEmpty()) {
      long newNanos = lookedForNewNanos == 0 ? 0 : nanos - lookedForNewNanos;
      lookAt(blocked, newNanos, nanos - lookedNanos);
    }
    lookedForNewNanos = nanos;
  }

  /**
   * Looks at some threads and at those that have been seen waiting.
   *
   * @param newNanos the time since the last look for new ones; 0 for never
   * @param sinceNanos the time since the last look
   */
  private void lookAt(long[] blocked, long newNanos, long sinceNanos) {
    ThreadMXBean bean = ManagementFactory.getThreadMXBean();
    LongStream ids =
        LongStream.concat(LongStream.of(longWaits.threadIds()), LongStream.of(blocked));
    boolean hooked = false;
    // States and stacks of one moment: what has been seen before may be over by now.
    for (ThreadInfo each : bean.getThreadInfo(ids.distinct().toArray(), 1)) {
      if (each != null && LongWaits.isBlocked(each)) {
        if (hasHook(each.getStackTrace()[0])) {
          hooked = true;
        } else if (!longWaits.seenAgain(each, sinceNanos) && blocked.length > 0) {
          longWaits.begin(each, newNanos, bean);
          sightings++;
        }
      }
    }
    longWaits.endLook(sinceNanos);
    skip = hooked ? Math.min(2 * skip + 1, MAX_SKIPPED_STACKS) : 0;
  }

  /** Who has been notified in {@code Object.wait} enters again: the hook there covers that. */
  private boolean hasHook(StackTraceElement top) {
    return top.getClassName().equals("java.lang.Object")
        || weaving.isWoven(top.getClassName(), top.getMethodName());
  }

  /** The ids of some threads that are blocked; of others the next time. */
  private long[] blockedThreads() {
    int count = root.enumerate(threads);
    int first = count == 0 ? 0 : random.nextInt(count);
    long[] blocked = new long[MAX_STACKS];
    int found = 0;
    for (int i = 0; i < count && found < MAX_STACKS; i++) {
      Thread each = threads[(first + i) % count];
      if (each != null && isBlocked(each)) {
        blocked[found++] = id(each);
      }
    }
    // Threads are not to be kept from being collected.
    Arrays.fill(threads, 0, count, null);
    if (count == threads.length) {
      threads = new Thread[2 * count];
    }
    return Arrays.copyOf(blocked, found);
  }

  private boolean isBlocked(Thread thread) {
    return thread.getState() == Thread.State.BLOCKED && !agentThreads.contains(id(thread));
  }

  @SuppressWarnings("deprecation") // Thread.threadId() exists from 19 on
  private static long id(Thread thread) {
    return thread.getId();
  }

  private static ThreadGroup rootGroup() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    return group;
  }
}
