package org.jvmpprof.it.programs;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A million virtual threads, each of which parks and waits for a lock. Prints {@code parked}, and
 * as {@code before} and {@code after} how many bytes the heap holds.
 */
@SuppressWarnings("LockNotBeforeTry") // Nothing fails while it is held.
public final class ManyVirtualThreadsProgram {
  private static final int THREADS = 1_000_000;
  private static final int AT_A_TIME = 10_000;

  private ManyVirtualThreadsProgram() {}

  /** Runs. */
  public static void main(String[] args) throws InterruptedException {
    Agent.awaitComplete();
    park(AT_A_TIME);
    long before = heldBytes();
    int parked = 0;
    for (; parked < THREADS; parked += AT_A_TIME) {
      park(AT_A_TIME);
    }
    System.out.println("parked=" + parked);
    System.out.println("before=" + before);
    System.out.println("after=" + heldBytes());
  }

  private static void park(int threads) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(threads);
    ReentrantLock lock = new ReentrantLock();
    for (int i = 0; i < threads; i++) {
      Threads.start(
          true,
          () -> {
            LockSupport.parkNanos(1_000);
            lock.lock();
            lock.unlock();
            done.countDown();
          });
    }
    done.await();
  }

  private static long heldBytes() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      Pause.millis(300);
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
