package org.jvmpprof.agent.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.time.Ticker;

/**
 * CPU time of the JVM's own threads (garbage collector, compilers, …), which JFR does not sample,
 * as one-frame stacks {@code [jvm] …}. From {@code /proc/self/task}, see proc(5): a directory per
 * thread with its name in {@code comm} and its CPU time in {@code schedstat} (nanoseconds), or in
 * {@code stat} (ticks) on a kernel without that.
 *
 * <p>A thread's name is read twice at most, its CPU time only if it is one of the JVM's own, so
 * that a thousand threads of the application cost no more than listing them. What a thread uses
 * between the last look and its end is lost; compiler threads are idle for seconds before they end.
 * Native threads that a library of the application starts are not seen: from outside, they cannot
 * be told from Java threads, which must not be counted twice.
 */
final class JvmThreads {
  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Linux's USER_HZ is 100 for every program that asks through {@code /proc}. */
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Path tasks;
  private final long periodNanos;
  private final CpuSink sink;
  private final Ticker ticker;
  private final Map<String, JvmThread> jvmThreads = new HashMap<>();
  private final Map<List<Frame>, Long> restNanos = new HashMap<>();

  /** The others; true once the name has been read a second time. */
  private final Map<String, Boolean> otherThreads = new HashMap<>();

  private long lastLook;

  /**
   * Makes a reader that has not looked yet.
   *
   * @param process the directory of this process in {@code /proc}
   */
  JvmThreads(Path process, long periodNanos, CpuSink sink, Ticker ticker) {
    this.tasks = process.resolve("task");
    this.periodNanos = periodNanos;
    this.sink = sink;
    this.ticker = ticker;
  }

  /** Leaves out of account the CPU time used so far. */
  synchronized void start() {
    lastLook = ticker.epochNanos();
    findThreads();
    jvmThreads.forEach(this::advance);
  }

  /** As {@link #look}, but once a second only. */
  synchronized void poll() {
    if (ticker.epochNanos() - lastLook >= INTERVAL_NANOS) {
      look();
    }
  }

  /** Hands over what has been used since the last time, as whole periods; the rest is kept. */
  synchronized void look() {
    lastLook = ticker.epochNanos();
    findThreads();
    jvmThreads.forEach(
        (tid, thread) -> restNanos.merge(thread.stack, advance(tid, thread), Long::sum));
    restNanos.replaceAll(this::handOver);
  }

  private long handOver(List<Frame> stack, long nanos) {
    if (nanos >= periodNanos) {
      sink.sample(lastLook, 0, stack, nanos / periodNanos);
    }
    return nanos % periodNanos;
  }

  private void findThreads() {
    String[] listed = tasks.toFile().list();
    Set<String> tids = listed == null ? Set.of() : new HashSet<>(Arrays.asList(listed));
    jvmThreads.keySet().retainAll(tids);
    otherThreads.keySet().retainAll(tids);
    tids.stream().filter(this::mayBeNew).forEach(this::identify);
  }

  private boolean mayBeNew(String tid) {
    return !jvmThreads.containsKey(tid) && !otherThreads.getOrDefault(tid, false);
  }

  /** A new thread bears its parent's name until it has set its own, hence the second reading. */
  private void identify(String tid) {
    String comm = read(tid, "comm");
    List<Frame> stack = comm == null ? null : JvmThreadNames.hiddenStack(comm);
    if (stack == null) {
      otherThreads.merge(tid, false, (before, now) -> true);
    } else {
      otherThreads.remove(tid);
      jvmThreads.put(tid, new JvmThread(stack));
    }
  }

  /** The nanoseconds used since the last reading; none when there is nothing to read any more. */
  private long advance(String tid, JvmThread thread) {
    long now = cpuNanos(tid);
    long nanos = Math.max(0, now - thread.cpuNanos);
    thread.cpuNanos = Math.max(now, thread.cpuNanos);
    return nanos;
  }

  private long cpuNanos(String tid) {
    String schedstat = read(tid, "schedstat");
    if (schedstat != null) {
      return Long.parseLong(schedstat.substring(0, schedstat.indexOf(' ')));
    }
    String stat = read(tid, "stat");
    if (stat == null) {
      return 0;
    }
    // The name, in parentheses, may contain anything; utime and stime are fields 14 and 15.
    String[] fromState = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fromState[11]) + Long.parseLong(fromState[12])) * TICK_NANOS;
  }

  private @Nullable String read(String tid, String file) {
    try {
      return Files.readString(tasks.resolve(tid).resolve(file));
    } catch (IOException e) {
      return null; // The thread has ended.
    }
  }

  private static final class JvmThread {
    final List<Frame> stack;
    long cpuNanos;

    JvmThread(List<Frame> stack) {
      this.stack = stack;
    }
  }
}
