package org.jvmpprof.it.programs;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jvmpprof.Pprof;

/**
 * Waits for a lock before the block and mutex profiles are turned on, meanwhile, and after they
 * have been turned off. Prints {@code nanos}, what it has waited meanwhile by its own clock, and
 * {@code held}, how much of it the lock was held.
 */
// Nothing fails while it is held.
@SuppressWarnings("LockNotBeforeTry")
public final class RatesProgram {
  private static final long MILLIS = 300;

  private static final ReentrantLock LOCK = new ReentrantLock();

  private static long releasedNanos;
  private static long heldNanos;

  private RatesProgram() {}

  /** Runs. */
  public static void main(String[] args) throws IOException, InterruptedException {
    before();
    set(1);
    long nanos = meanwhile();
    long held = heldNanos;
    Handshake.await();
    set(0);
    after();
    System.out.println("nanos=" + nanos);
    System.out.println("held=" + held);
  }

  private static void set(int rate) {
    Pprof.setBlockProfileRate(rate);
    Pprof.setMutexProfileFraction(rate);
  }

  private static void before() throws InterruptedException {
    contend();
  }

  private static long meanwhile() throws InterruptedException {
    return contend();
  }

  private static void after() throws InterruptedException {
    contend();
  }

  /** Waits for the lock while another thread holds it. */
  private static long contend() throws InterruptedException {
    Thread main = Thread.currentThread();
    Thread holder = new Thread(() -> holdUntilWaiting(main), "holder");
    holder.start();
    while (!LOCK.isLocked()) {
      Pause.millis(1);
    }
    long begin = System.nanoTime();
    LOCK.lock();
    long nanos = System.nanoTime() - begin;
    heldNanos = releasedNanos - begin;
    LOCK.unlock();
    holder.join();
    return nanos;
  }

  private static void holdUntilWaiting(Thread waiter) {
    LOCK.lock();
    while (!LOCK.hasQueuedThread(waiter)) {
      Pause.millis(1);
    }
    Pause.millis(MILLIS);
    releasedNanos = System.nanoTime();
    LOCK.unlock();
  }
}
