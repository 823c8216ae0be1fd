package org.jvmpprof.it.programs;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Two threads that want one monitor all the time and hold it for a given number of steps, each of
 * about a nanosecond and a half, so that it changes hands up to a million times a second. When it
 * is told to, it goes on for some seconds more. Looks at no clock in between, which would change
 * who gets the monitor. Prints {@code elapsed}, the nanoseconds since the start: one of the two can
 * have waited for so long, and no more.
 */
public final class ShortHoldsProgram {
  private static final int TURNS = 100;
  private static final int STEPS_OUTSIDE = 30;
  private static final long FACTOR = 6364136223846793005L;
  private static final long MORE_NANOS = TimeUnit.SECONDS.toNanos(4);

  private static final Object MONITOR = new Object();

  private static volatile boolean enough;
  private static long shared;

  private ShortHoldsProgram() {}

  /** Runs. */
  public static void main(String[] args) throws IOException, InterruptedException {
    int steps = Integer.parseInt(args[0]);
    long since = System.nanoTime();
    Thread one = start(steps);
    Thread other = start(steps);
    Handshake.await();
    long told = System.nanoTime();
    while (System.nanoTime() - told < MORE_NANOS) {
      Pause.millis(10);
    }
    enough = true;
    one.join();
    other.join();
    System.out.println("elapsed=" + (System.nanoTime() - since));
    System.out.println("shared=" + shared);
  }

  private static Thread start(int steps) {
    Thread thread = new Thread(() -> repeat(steps));
    thread.start();
    return thread;
  }

  private static void repeat(int steps) {
    while (!enough) {
      turns(steps);
    }
  }

  private static void turns(int steps) {
    long own = 0;
    for (int turn = 0; turn < TURNS; turn++) {
      synchronized (MONITOR) {
        shared = compute(shared + own, steps);
      }
      own = compute(own, STEPS_OUTSIDE);
    }
  }

  /** Each step needs the one before. */
  private static long compute(long seed, int steps) {
    long value = seed;
    for (int i = 0; i < steps; i++) {
      value = value * FACTOR + i;
    }
    return value;
  }
}
