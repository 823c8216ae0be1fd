package org.jvmpprof.agent.cpu;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.stack.Frame;

/** The CPU clocks and stacks of Java threads. */
class ThreadClocks {
  /** Far more than a profile shows: labels are where a request begins, near the root. */
  private static final int MAX_FRAMES = 1024;

  private final ThreadMXBean threads;

  private ThreadClocks(ThreadMXBean threads) {
    this.threads = threads;
  }

  /**
   * The clocks of this JVM.
   *
   * @throws CpuSamplerException when it has none
   */
  static ThreadClocks open() throws CpuSamplerException {
    try {
      if (ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
          && threads.isThreadCpuTimeSupported()
          && threads.isThreadCpuTimeEnabled()) {
        return new ThreadClocks(threads);
      }
    } catch (LinkageError | RuntimeException e) {
      throw new CpuSamplerException("this JVM lacks the module jdk.management", e);
    }
    throw new CpuSamplerException("this JVM does not measure the CPU time of threads");
  }

  /** The ids of the live Java threads. */
  long[] ids() {
    return threads.getAllThreadIds();
  }

  /** The CPU time of each thread; negative for one that has ended. */
  long[] cpuNanos(long[] ids) {
    return threads.getThreadCpuTime(ids);
  }

  /** The stack of each thread, leaf first; empty for one that has ended. Stops all threads. */
  List<List<Frame>> stacks(long[] ids) {
    List<List<Frame>> stacks = new ArrayList<>(ids.length);
    for (ThreadInfo info : threads.getThreadInfo(ids, MAX_FRAMES)) {
      stacks.add(frames(info));
    }
    return stacks;
  }

  private static List<Frame> frames(@Nullable ThreadInfo info) {
    List<Frame> frames = new ArrayList<>();
    if (info != null) {
      for (StackTraceElement at : info.getStackTrace()) {
        frames.add(Frame.of(at));
      }
    }
    return frames;
  }
}
