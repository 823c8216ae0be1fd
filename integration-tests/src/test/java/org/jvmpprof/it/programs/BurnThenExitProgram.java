package org.jvmpprof.it.programs;

import java.io.IOException;

/** Burns CPU time, prints as {@code burnt=nanos} how much, and ends. */
public final class BurnThenExitProgram {
  private BurnThenExitProgram() {}

  /**
   * Runs.
   *
   * @param args the nanoseconds to burn, and how to end: {@code return}, {@code exit} (with code
   *     3), {@code throw}, or {@code wait} (for a line)
   */
  public static void main(String[] args) throws IOException {
    long start = Cpu.threadNanos();
    Cpu.burnNanos(Long.parseLong(args[0]));
    System.out.println("burnt=" + (Cpu.threadNanos() - start));
    switch (args[1]) {
      case "return" -> {}
      case "exit" -> System.exit(3);
      case "throw" -> throw new IllegalStateException("as told");
      case "wait" -> {
        Handshake.await();
      }
      default -> throw new IllegalArgumentException(args[1]);
    }
  }
}
