package org.jvmpprof.it.programs;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Two threads that take turns at a fair lock, so that nearly every release is contended. Prints
 * {@code nanos}, what both have waited by their own clocks.
 */
public final class AlternatingProgram {
  private static final int TURNS = 20_000;

  private AlternatingProgram() {}

  /** Runs. */
  public static void main(String[] args) throws InterruptedException {
    Agent.awaitComplete();
    ReentrantLock lock = new ReentrantLock(true);
    AtomicLong nanos = new AtomicLong();
    Thread other = new Thread(() -> nanos.addAndGet(takeTurns(lock)));
    other.start();
    nanos.addAndGet(takeTurns(lock));
    other.join();
    System.out.println("nanos=" + nanos);
  }

  private static long takeTurns(ReentrantLock lock) {
    long nanos = 0;
    for (int turn = 0; turn < TURNS; turn++) {
      long begin = System.nanoTime();
      lock.lock();
      nanos += System.nanoTime() - begin;
      try {
        Cpu.burn();
      } finally {
        lock.unlock();
      }
    }
    return nanos;
  }
}
