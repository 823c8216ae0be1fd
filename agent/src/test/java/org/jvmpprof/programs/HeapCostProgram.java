package org.jvmpprof.programs;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Allocates as many megabytes as the first argument says for each line of input, in objects of 24
 * bytes to 2 KB of which some survive, below as many frames as the second says, beside other work,
 * and at most as many megabytes a second as the third says: a machine that is faster waits. Prints
 * the nanoseconds that it took, and the CPU time of its thread and of the whole process.
 */
public final class HeapCostProgram {
  private static final int LIVE_OBJECTS = 1 << 15;
  private static final int WARM_UP_MEGABYTES = 6000;
  private static final int STEPS = 500;

  /** What was sampled is taken over within a tenth of a second, and belongs to it. */
  private static final long AFTERWARDS_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private static final byte[] @Nullable [] LIVE = new byte[LIVE_OBJECTS][];

  /** Parking takes longer than less. */
  private static final long SHORTEST_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  private static long seed = 42;

  private HeapCostProgram() {}

  public static void main(String[] arguments) throws IOException {
    int megabytes = Integer.parseInt(arguments[0]);
    int depth = Integer.parseInt(arguments[1]);
    long nanosEach = TimeUnit.SECONDS.toNanos(1) / Integer.parseInt(arguments[2]);
    allocate(WARM_UP_MEGABYTES, depth, nanosEach);
    System.out.println("READY");
    while (nextLine()) {
      long allBefore = cpuNanos();
      long ownBefore = ownCpuNanos();
      long began = System.nanoTime();
      allocate(megabytes, depth, nanosEach);
      long nanos = System.nanoTime() - began;
      long own = ownCpuNanos() - ownBefore;
      LockSupport.parkNanos(AFTERWARDS_NANOS);
      System.out.println(nanos + " " + own + " " + (cpuNanos() - allBefore));
    }
  }

  private static boolean nextLine() throws IOException {
    int next = System.in.read();
    while (next != '\n' && next != -1) {
      next = System.in.read();
    }
    return next == '\n';
  }

  /** Of all threads; the JVM tells it in steps of 10 ms. */
  private static long cpuNanos() throws IOException {
    long sum = 0;
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (Path thread : threads) {
        sum += Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ", 2)[0]);
      }
    }
    return sum;
  }

  private static long ownCpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void allocate(int megabytes, int depth, long nanosEach) {
    long began = System.nanoTime();
    for (int i = 0; i < megabytes; i++) {
      below(depth);
      long early = began + (i + 1) * nanosEach - System.nanoTime();
      if (early > SHORTEST_NANOS) {
        LockSupport.parkNanos(early);
      }
    }
  }

  private static void below(int frames) {
    if (frames > 0) {
      below(frames - 1);
    } else {
      allocateMegabyte();
    }
  }

  private static void allocateMegabyte() {
    for (int bytes = 1 << 20; bytes > 0; ) {
      step();
      int size = 8 + (int) (seed >>> 33) % 2000;
      byte[] object = new byte[size];
      LIVE[(int) (seed >>> 49)] = object;
      bytes -= size + 16;
      for (int i = 0; i < STEPS; i++) {
        step();
      }
    }
  }

  private static void step() {
    seed = seed * 6364136223846793005L + 1442695040888963407L;
  }
}
