package org.jvmpprof.agent.http;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Decides which requests are answered: a bounded number at a time, and of a crowd no more than the
 * {@link Budget} pays for. A few clients are served as fast as they ask. Thread-safe.
 */
final class Admission {
  static final int MAX_REQUESTS = 32;

  /** Some scrapers with all their routes, and people beside them, are none. */
  private static final int CROWD = 16;

  /** How long a request waits for its turn; it also slows down those who ask again at once. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long PAUSE_MILLIS = 20;

  private final Budget budget;
  private final Semaphore places = new Semaphore(MAX_REQUESTS);
  private final AtomicInteger present = new AtomicInteger();

  Admission(Budget budget) {
    this.budget = budget;
  }

  /** Waits for its turn; whoever gets one calls {@link #leave} at the end. */
  boolean enter() throws InterruptedException {
    long endNanos = System.nanoTime() + PATIENCE_NANOS;
    boolean entered = false;
    present.incrementAndGet();
    try {
      entered = places.tryAcquire(PATIENCE_NANOS, TimeUnit.NANOSECONDS) && isPaidFor(endNanos);
    } finally {
      if (!entered) {
        present.decrementAndGet();
      }
    }
    return entered;
  }

  /** Gives the place free. */
  void leave() {
    budget.end();
    places.release();
    present.decrementAndGet();
  }

  /** Keeps the place only if so. */
  private boolean isPaidFor(long endNanos) throws InterruptedException {
    boolean paid = false;
    try {
      paid = budget.begin(!isCrowd());
      while (!paid && System.nanoTime() < endNanos) {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        paid = budget.begin(!isCrowd());
      }
    } finally {
      if (!paid) {
        places.release();
      }
    }
    return paid;
  }

  private boolean isCrowd() {
    return present.get() > CROWD;
  }
}
