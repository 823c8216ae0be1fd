package org.jvmpprof.it.programs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A crowd that wants one lock all the time, a fair {@code lock} or a {@code monitor}, each holding
 * it for some microseconds, so that it changes hands thousands of times a second. When it is told
 * to, it goes on for a number of turns more. Prints {@code waited}, the nanoseconds that all have
 * waited since the start by their own clock, and {@code contended}, how many releases of the lock
 * found others waiting.
 */
public final class BusyLockProgram {
  private static final int THREADS = 50;
  private static final int MORE_TURNS = 50_000;
  private static final long HELD_NANOS = 20_000;

  private static final ReentrantLock LOCK = new ReentrantLock(true);
  private static final Object MONITOR = new Object();
  private static final LongAdder WAITED_NANOS = new LongAdder();
  private static final LongAdder CONTENDED = new LongAdder();
  private static final AtomicInteger TURNS = new AtomicInteger();

  private static volatile boolean enough;

  private BusyLockProgram() {}

  /** Runs. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Runnable turn = args[0].equals("lock") ? BusyLockProgram::lock : BusyLockProgram::monitor;
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Thread thread = new Thread(() -> repeat(turn));
      threads.add(thread);
      thread.start();
    }
    Handshake.await();
    int end = TURNS.get() + MORE_TURNS;
    while (TURNS.get() < end) {
      Pause.millis(10);
    }
    enough = true;
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.println("waited=" + WAITED_NANOS);
    System.out.println("contended=" + CONTENDED);
  }

  private static void repeat(Runnable turn) {
    while (!enough) {
      turn.run();
      TURNS.incrementAndGet();
    }
  }

  private static void lock() {
    long since = System.nanoTime();
    LOCK.lock();
    try {
      WAITED_NANOS.add(System.nanoTime() - since);
      hold();
      CONTENDED.add(LOCK.hasQueuedThreads() ? 1 : 0);
    } finally {
      LOCK.unlock();
    }
  }

  private static void monitor() {
    long since = System.nanoTime();
    synchronized (MONITOR) {
      WAITED_NANOS.add(System.nanoTime() - since);
      hold();
    }
  }

  private static void hold() {
    long since = System.nanoTime();
    while (System.nanoTime() - since < HELD_NANOS) {
      Thread.onSpinWait();
    }
  }
}
