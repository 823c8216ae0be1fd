package org.jvmpprof.it.programs;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Two threads that take turns at a fair lock. Prints {@code contended}, how many releases found the
 * other thread waiting.
 */
public final class AlternatingProgram {
  private static final int TURNS = 40_000;

  private AlternatingProgram() {}

  /** Runs. */
  public static void main(String[] args) throws InterruptedException {
    Agent.awaitComplete();
    ReentrantLock lock = new ReentrantLock(true);
    AtomicInteger contended = new AtomicInteger();
    Thread other = new Thread(() -> contended.addAndGet(takeTurns(lock)));
    other.start();
    contended.addAndGet(takeTurns(lock));
    other.join();
    System.out.println("contended=" + contended);
  }

  private static int takeTurns(ReentrantLock lock) {
    int contended = 0;
    for (int turn = 0; turn < TURNS; turn++) {
      lock.lock();
      try {
        Cpu.burn();
        contended += lock.hasQueuedThreads() ? 1 : 0;
      } finally {
        lock.unlock();
      }
    }
    return contended;
  }
}
