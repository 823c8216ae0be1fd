package org.jvmpprof.benchmarks.overhead;

import java.util.concurrent.locks.ReentrantLock;

/** Threads that do most of what they do while they hold the same lock. */
final class ContendedWork {
  /** An operation is so many turns, so that counting it costs nothing. */
  private static final int TURNS = 500;

  private static final int STEPS_WITHIN = 150;
  private static final int STEPS_OUTSIDE = 30;
  private static final long FACTOR = 6364136223846793005L;

  private final Object monitor = new Object();
  private final ReentrantLock lock = new ReentrantLock();
  private long shared;

  /** One operation with a monitor. */
  void inMonitor() {
    long own = 0;
    for (int turn = 0; turn < TURNS; turn++) {
      synchronized (monitor) {
        shared = compute(shared + own, STEPS_WITHIN);
      }
      own = compute(own, STEPS_OUTSIDE);
    }
  }

  /** One operation with a lock of java.util.concurrent. */
  void inLock() {
    long own = 0;
    for (int turn = 0; turn < TURNS; turn++) {
      lock.lock();
      try {
        shared = compute(shared + own, STEPS_WITHIN);
      } finally {
        lock.unlock();
      }
      own = compute(own, STEPS_OUTSIDE);
    }
  }

  /** Each step needs the one before: about a nanosecond and a half. */
  private static long compute(long seed, int steps) {
    long value = seed;
    for (int i = 0; i < steps; i++) {
      value = value * FACTOR + i;
    }
    return value;
  }
}
