package org.jvmpprof.it.programs;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** CPU clocks, and a way to spend CPU time. Public for {@link Template000000} in another loader. */
public final class Cpu {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private static volatile long sink;

  private Cpu() {}

  /** CPU time of the current thread. */
  static long threadNanos() {
    return THREADS.getCurrentThreadCpuTime();
  }

  /** CPU time of all threads of this process. */
  static long processNanos() {
    return PROCESS.getProcessCpuTime();
  }

  /** Spends this much CPU time on the current thread. */
  public static void burnNanos(long nanos) {
    long end = threadNanos() + nanos;
    while (threadNanos() < end) {
      burn();
    }
  }

  /** Spends some tens of microseconds. */
  static void burn() {
    long value = sink;
    for (int i = 0; i < 20_000; i++) {
      value = value * 6364136223846793005L + i;
    }
    sink = value;
  }
}
