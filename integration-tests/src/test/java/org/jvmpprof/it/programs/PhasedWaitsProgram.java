package org.jvmpprof.it.programs;

import java.io.IOException;

/**
 * Two threads wait for each other's lock, first in one method, then, once it is ready, in another
 * until a line comes in. Then it prints {@code QUIET} and does nothing until there is another one.
 */
public final class PhasedWaitsProgram {
  private static final Object LOCK = new Object();
  private static final int EARLY_ROUNDS = 20;

  private static volatile boolean stopped;

  private PhasedWaitsProgram() {}

  /** Runs. */
  public static void main(String[] args) throws IOException, InterruptedException {
    both(PhasedWaitsProgram::early);
    Thread late = new Thread(() -> both(PhasedWaitsProgram::late));
    late.start();
    Handshake.await();
    stopped = true;
    late.join();
    System.out.println("QUIET");
    Handshake.await();
  }

  private static void both(Runnable body) {
    Thread other = new Thread(body);
    other.start();
    body.run();
    try {
      other.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void early() {
    for (int i = 0; i < EARLY_ROUNDS; i++) {
      synchronized (LOCK) {
        Cpu.burnNanos(2_000_000);
      }
    }
  }

  private static void late() {
    while (!stopped) {
      synchronized (LOCK) {
        Cpu.burnNanos(2_000_000);
      }
    }
  }
}
