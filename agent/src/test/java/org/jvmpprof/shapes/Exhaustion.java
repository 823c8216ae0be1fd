package org.jvmpprof.shapes;

/** Exhausts the stack again and again while its frames hold locks that another thread wants. */
@SuppressWarnings("InfiniteRecursion") // until there is no stack left
final class Exhaustion {
  private static final int TIMES = 50;
  private static final long STACK_BYTES = 300_000;

  private final Object lock = new Object();
  private volatile boolean ended;
  private int overflows;
  private int held;

  /** What happened, in words. */
  static String run() throws InterruptedException {
    Exhaustion exhaustion = new Exhaustion();
    Thread waiter = new Thread(exhaustion::waitOften);
    Thread thread = new Thread(null, exhaustion::exhaust, "exhausted", STACK_BYTES);
    waiter.start();
    thread.start();
    thread.join();
    exhaustion.ended = true;
    waiter.join();
    return exhaustion.overflows + " overflows, " + exhaustion.held + " held";
  }

  private void exhaust() {
    for (int i = 0; i < TIMES; i++) {
      overflow(() -> inBlock(0));
      overflow(() -> inMethod(0));
    }
  }

  private void overflow(Runnable recursion) {
    try {
      recursion.run();
    } catch (StackOverflowError expected) {
      overflows++;
    }
    held += Thread.holdsLock(lock) || Thread.holdsLock(this) ? 1 : 0;
  }

  private int inBlock(int depth) {
    synchronized (lock) {
      return inBlock(depth + 1) + depth;
    }
  }

  private synchronized int inMethod(int depth) {
    return inMethod(depth + 1) + depth;
  }

  private void waitOften() {
    while (!ended) {
      synchronized (lock) {
        Thread.onSpinWait();
      }
      synchronized (this) {
        Thread.onSpinWait();
      }
    }
  }
}
