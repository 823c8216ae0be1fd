package org.jvmpprof.it.programs;

import java.io.IOException;

/**
 * Keeps one thread busy until a line comes in, and prints as {@code cpu=nanos}, some fifty times a
 * second, what that thread has spent, and as {@code process=nanos} what all have.
 */
public final class BusyProgram {
  private static volatile boolean stopped;

  private BusyProgram() {}

  /** Runs. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Thread thread = new Thread(BusyProgram::busy, "busy");
    thread.start();
    Handshake.await();
    stopped = true;
    thread.join();
    System.out.println("done=true");
  }

  private static void busy() {
    while (!stopped) {
      Cpu.burnNanos(20_000_000);
      System.out.println("cpu=" + Cpu.threadNanos());
      System.out.println("process=" + Cpu.processNanos());
      System.out.flush();
    }
  }
}
