package org.jvmpprof.it.programs;

import java.io.IOException;

/**
 * Has something for every profile until a line comes in: threads that compute, allocate, and wait
 * for each other's lock.
 */
public final class ServedProgram {
  private static final Object LOCK = new Object();

  private static volatile boolean stopped;
  private static volatile byte[] garbage = {};

  private ServedProgram() {}

  /** Runs. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Thread one = new Thread(ServedProgram::work, "one");
    Thread other = new Thread(ServedProgram::work, "other");
    one.start();
    other.start();
    Handshake.await();
    stopped = true;
    one.join();
    other.join();
    System.out.println("done=true");
  }

  private static void work() {
    while (!stopped) {
      compute();
      allocate();
    }
  }

  private static void compute() {
    synchronized (LOCK) {
      Cpu.burnNanos(5_000_000);
    }
  }

  private static void allocate() {
    for (int i = 0; i < 100; i++) {
      garbage = new byte[10_000 + garbage.length % 2];
    }
  }
}
