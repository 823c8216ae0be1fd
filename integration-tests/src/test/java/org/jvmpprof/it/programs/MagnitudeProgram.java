package org.jvmpprof.it.programs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Spends CPU time in one of several ways. After a warm-up it is idle until a line comes in; from
 * there to its end it measures what the whole process spends, printed as {@code
 * processNanos=nanos}.
 */
public final class MagnitudeProgram {
  private static final int LIVE_BLOCKS = 4_000;

  private MagnitudeProgram() {}

  /**
   * Runs.
   *
   * @param args {@code one}, {@code eight}, {@code short} or {@code allocating}, and the span in
   *     nanoseconds of wall time
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    startSleeper();
    spend(args[0], TimeUnit.SECONDS.toNanos(2));
    Handshake.await();
    long start = Cpu.processNanos();
    spend(args[0], Long.parseLong(args[1]));
    System.out.println("processNanos=" + (Cpu.processNanos() - start));
  }

  private static void startSleeper() {
    Thread thread = new Thread(MagnitudeProgram::sleep, "sleeper");
    thread.setDaemon(true);
    thread.start();
  }

  private static void sleep() {
    try {
      Thread.sleep(Long.MAX_VALUE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void spend(String mode, long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    switch (mode) {
      case "one" -> burnUntil(end);
      case "eight" -> together(8, () -> burnUntil(end));
      case "short" -> manyShort(end);
      case "allocating" -> together(2, () -> allocateUntil(end));
      default -> throw new IllegalArgumentException(mode);
    }
  }

  private static void burnUntil(long end) {
    while (System.nanoTime() < end) {
      Cpu.burn();
    }
  }

  private static void manyShort(long end) throws InterruptedException {
    while (System.nanoTime() < end) {
      together(4, () -> Cpu.burnNanos(TimeUnit.MILLISECONDS.toNanos(25)));
    }
  }

  /** Garbage among a live set that each collection has to walk. */
  private static void allocateUntil(long end) {
    Object[] live = new Object[LIVE_BLOCKS];
    for (int i = 0; System.nanoTime() < end; i++) {
      live[Math.floorMod(i * 31, LIVE_BLOCKS)] = chain();
    }
  }

  private static Object chain() {
    Object[] head = new Object[1];
    for (int i = 0; i < 200; i++) {
      head = new Object[] {head};
    }
    return head;
  }

  private static void together(int count, Runnable body) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(body, "worker-" + i);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
