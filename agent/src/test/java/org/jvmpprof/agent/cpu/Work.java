package org.jvmpprof.agent.cpu;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Ways to use CPU time. */
final class Work {
  static final String SPIN = Work.class.getName() + ".spin";

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  // So that the compiler does not leave the work out.
  static volatile long result;
  static volatile byte[][] garbage = {};

  private Work() {}

  /** Uses so much CPU time on the current thread. */
  static void spin(long millis) {
    long endNanos = THREADS.getCurrentThreadCpuTime() + millis * 1_000_000;
    while (THREADS.getCurrentThreadCpuTime() < endNanos) {
      long sum = 0;
      for (int i = 0; i < 100_000; i++) {
        sum += sum * 31 + i;
      }
      result = sum;
    }
  }

  /** Makes the garbage collector work. */
  static void collectGarbage(int times) {
    for (int i = 0; i < times; i++) {
      byte[][] next = new byte[50_000][];
      for (int j = 0; j < next.length; j++) {
        next[j] = new byte[100];
      }
      garbage = next;
      System.gc();
    }
  }
}
