package org.jvmpprof.agent.http;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What answering may take of the application's time: in the long run one part in 50, which holds
 * for the core that it uses as well as for the time in which all threads stand still for a dump.
 * Kept as the time at which all work so far is paid for (GCRA, ITU-T I.371). Thread-safe.
 */
final class Budget {
  /** A nanosecond of work is paid for by so many of waiting. */
  private static final long PRICE = 50;

  /** Work that may be owed when another request begins. */
  private static final long CREDIT_NANOS = PRICE * TimeUnit.SECONDS.toNanos(1);

  /** What a request is taken to need until it has ended. */
  private static final long DEPOSIT_NANOS = PRICE * TimeUnit.MILLISECONDS.toNanos(10);

  /** So that nobody has to wait longer, whatever went before. */
  private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final LongSupplier nanoTime;
  private long paidNanos;

  /**
   * Nothing is owed yet.
   *
   * @param nanoTime as {@link System#nanoTime}
   */
  Budget(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    paidNanos = nanoTime.getAsLong();
  }

  /**
   * Lets a request begin, if what is owed permits it.
   *
   * @param anyway whatever is owed
   */
  synchronized boolean begin(boolean anyway) {
    if (!anyway && paidNanos - nanoTime.getAsLong() > CREDIT_NANOS) {
      return false;
    }
    owe(DEPOSIT_NANOS);
    return true;
  }

  /** Ends a request: what it really took was counted meanwhile. */
  synchronized void end() {
    paidNanos -= DEPOSIT_NANOS;
  }

  /** Counts work that was done. */
  synchronized void spend(long nanos) {
    owe(PRICE * nanos);
  }

  private void owe(long nanos) {
    long nowNanos = nanoTime.getAsLong();
    // What was not used before is lost.
    long owedNanos = Math.max(0, paidNanos - nowNanos) + nanos;
    paidNanos = nowNanos + Math.min(owedNanos, CREDIT_NANOS + MAX_WAIT_NANOS);
  }
}
