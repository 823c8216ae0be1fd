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
 * much that JFR has to. Platform threads only: the JVM has no list of the virtual ones. Used by the
 * drainer's thread.
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
  private boolean blind;
  private int looks;
  private int sightings;
  private int skip;
  private int skipped;
  private boolean forNew;

  MonitorWitness(Weaving weaving, AgentThreads agentThreads, LongWaits longWaits) {
    this.weaving = weaving;
    this.agentThreads = agentThreads;
    this.longWaits = longWaits;
  }

  /** Looks once more at what has been seen waiting. */
  void finish() {
    forNew = false;
    if (!blind && lookedNanos != 0) {
      tryToLook();
    }
  }

  /** Forgets what waits at present. */
  void rest() {
    longWaits.clear();
    lookedNanos = 0;
  }

  /**
   * Looks, if it is time to; returns whether enough has been seen.
   *
   * @param forNew whether for more than the ends of the waits that were seen before
   */
  boolean hasSeenEnough(boolean forNew) {
    this.forNew = forNew;
    long startNanos = System.nanoTime();
    if (!blind && startNanos - dueNanos >= 0) {
      boolean isFirst = lookedNanos == 0;
      tryToLook();
      long now = System.nanoTime();
      // The first look loads classes; while a wait lasts, its end is not to be missed.
      long costNanos = isFirst || !longWaits.isEmpty() ? 0 : COST_DIVISOR * (now - startNanos);
      dueNanos = now + Math.min(Math.max(PERIOD_NANOS / 2, costNanos), MAX_PERIOD_NANOS);
    }
    return sightings >= ENOUGH;
  }

  /** Without the module java.management, nothing is seen. */
  private void tryToLook() {
    try {
      look();
    } catch (LinkageError e) {
      blind = true;
    }
  }

  private void look() {
    if (++looks % MEMORY == 0) {
      sightings /= 2;
    }
    long nanos = System.nanoTime();
    long sinceNanos = lookedNanos == 0 ? 0 : nanos - lookedNanos;
    long[] watched = longWaits.threadIds();
    long[] blocked = forNew ? blockedThreads() : new long[0];
    // The first time for the sake of the classes that it loads.
    if (watched.length + blocked.length > 0 || sinceNanos == 0) {
      if (watched.length == 0 && skipped++ < skip) {
        return;
      }
      skipped = 0;
      lookAt(LongStream.concat(LongStream.of(watched), LongStream.of(blocked)), sinceNanos);
    }
    longWaits.endLook(sinceNanos);
    lookedNanos = nanos;
  }

  private void lookAt(LongStream threadIds, long sinceNanos) {
    ThreadMXBean bean = ManagementFactory.getThreadMXBean();
    boolean hooked = false;
    // States and stacks of one moment: what has been seen before may be over by now.
    for (ThreadInfo each : bean.getThreadInfo(threadIds.distinct().toArray(), 1)) {
      if (each != null && LongWaits.isBlocked(each)) {
        if (hasHook(each.getStackTrace()[0])) {
          hooked = true;
        } else if (!longWaits.seenAgain(each, sinceNanos) && forNew) {
          longWaits.begin(each, sinceNanos, bean);
          sightings++;
        }
      }
    }
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
