package org.jvmpprof.benchmarks.overhead;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Two busy threads, which have nothing to do with each other or contend for one lock. Prints a
 * {@link Mark} after a warm-up, in the middle and at the end of the measured time, and goes on
 * until its standard input says that it is enough.
 */
final class Load {
  /** Threads that compute all the time. */
  static final int THREADS = 2;

  private static final LongAdder operations = new LongAdder();
  private static final ContendedWork contended = new ContendedWork();

  private Load() {}

  /**
   * Runs.
   *
   * @param args the label of a {@link Program}, nanoseconds of warm-up, nanoseconds measured
   */
  public static void main(String[] args) throws Exception {
    for (int number = 0; number < THREADS; number++) {
      Work work = work(args[0], number);
      Thread thread = new Thread(() -> repeat(work), "load-" + number);
      thread.setDaemon(true);
      thread.start();
    }
    TimeUnit.NANOSECONDS.sleep(Long.parseLong(args[1]));
    mark();
    long halfNanos = Long.parseLong(args[2]) / 2;
    TimeUnit.NANOSECONDS.sleep(halfNanos);
    mark();
    TimeUnit.NANOSECONDS.sleep(halfNanos);
    mark();
    awaitEnough();
  }

  private static Work work(String label, int number) throws Exception {
    return switch (label) {
      case "database" -> new DatabaseWork("db" + number);
      case "monitor" -> contended::inMonitor;
      case "lock" -> contended::inLock;
      default -> new ComputingWork();
    };
  }

  private static void repeat(Work work) {
    try {
      while (true) {
        work.run();
        operations.increment();
      }
    } catch (Exception e) {
      throw new IllegalStateException("the load ends", e);
    }
  }

  private static void mark() {
    System.out.println(new Mark(System.nanoTime(), operations.sum()).line());
  }

  private static void awaitEnough() throws IOException {
    int unused = System.in.read();
  }
}
