package org.jvmpprof.it.programs;

import java.io.IOException;

/**
 * Waits for a monitor whenever it is told to, in {@code waitOnce}, and prints {@code ended.N}: when
 * the Nth wait was over, in milliseconds since the epoch.
 */
public final class WaitOnceProgram {
  private static final Object LOCK = new Object();
  private static volatile boolean held;

  private WaitOnceProgram() {}

  /**
   * Runs.
   *
   * @param args how many waits
   */
  public static void main(String[] args) throws IOException {
    Agent.awaitComplete();
    Thread waiter = Thread.currentThread();
    for (int wait = 1; wait <= Integer.parseInt(args[0]); wait++) {
      Handshake.await();
      held = false;
      new Thread(() -> holdUntilBlocked(waiter), "holder").start();
      while (!held) {
        Pause.millis(1);
      }
      waitOnce();
      System.out.println("ended." + wait + "=" + System.currentTimeMillis());
    }
    Handshake.await();
  }

  private static void holdUntilBlocked(Thread waiter) {
    synchronized (LOCK) {
      held = true;
      while (waiter.getState() != Thread.State.BLOCKED) {
        Pause.millis(1);
      }
      Pause.millis(20);
    }
  }

  private static void waitOnce() {
    synchronized (LOCK) {
      held = false;
    }
  }
}
