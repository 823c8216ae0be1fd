package org.jvmpprof.benchmarks.http;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * An application that works as fast as it can in one thread, beside some that wait for each other.
 * For each line of its input it prints how far it is, and what memory it has.
 */
public final class Served {
  private static final int WAITING_THREADS = 50;
  private static final int NUMBERS = 4096;
  private static final double BYTES_PER_MEGABYTE = 1e6;

  private static final LongAdder operations = new LongAdder();
  private static final Object lock = new Object();

  private Served() {}

  /** Runs until its input ends. */
  public static void main(String[] args) throws Exception {
    Thread worker = new Thread(Served::work, "worker");
    worker.setDaemon(true);
    worker.start();
    for (int i = 0; i < WAITING_THREADS; i++) {
      Thread thread = new Thread(Served::waitNowAndThen, "waiting-" + i);
      thread.setDaemon(true);
      thread.start();
    }
    System.out.println("ready");
    while (System.in.read() >= 0) {
      // The collection that the memory is read after comes after the count.
      String count = operations.sum() + " operations " + System.nanoTime() + " nanos ";
      System.gc();
      System.out.printf("%s%.1f MB heap %.1f MB resident%n", count, heapMegabytes(), resident());
    }
  }

  private static void work() {
    long[] numbers = new long[NUMBERS];
    for (long seed = 1; ; seed++) {
      long value = seed;
      for (int i = 0; i < numbers.length; i++) {
        value = value * 6364136223846793005L + 1442695040888963407L;
        numbers[i] = value >>> 20;
      }
      Arrays.sort(numbers);
      operations.increment();
    }
  }

  private static void waitNowAndThen() {
    try {
      while (true) {
        synchronized (lock) {
          TimeUnit.MILLISECONDS.sleep(1);
        }
        TimeUnit.MILLISECONDS.sleep(200);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static double heapMegabytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getCollectionUsage)
            .mapToLong(usage -> usage == null ? 0 : usage.getUsed())
            .sum()
        / BYTES_PER_MEGABYTE;
  }

  private static double resident() throws Exception {
    return Files.readAllLines(java.nio.file.Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmRSS"))
            .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * 1024)
            .sum()
        / BYTES_PER_MEGABYTE;
  }
}
