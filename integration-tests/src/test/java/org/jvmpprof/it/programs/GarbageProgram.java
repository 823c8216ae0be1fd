package org.jvmpprof.it.programs;

import java.io.IOException;

/**
 * Allocates 16 MiB and drops them, twenty times, one tenth of a second apart, and joins strings.
 */
public final class GarbageProgram {
  /** How many times. */
  public static final int ROUNDS = 20;

  /** Bytes of all the strings. */
  public static final long JOINED = 1000L * 10_000;

  private static final String TEXT = "x".repeat(10_000 - 24);

  @SuppressWarnings("UnusedVariable") // so that the compiler leaves no allocation out
  private static volatile Object garbage = "";

  private GarbageProgram() {}

  /** Runs. */
  public static void main(String[] args) throws IOException {
    Handshake.await();
    for (int i = 0; i < ROUNDS; i++) {
      allocate();
      Pause.millis(100);
    }
    for (int i = 0; i < 1000; i++) {
      join(i);
    }
    garbage = "";
    System.out.println("done=true");
    Handshake.await();
  }

  private static void allocate() {
    for (int i = 0; i < 1024; i++) {
      garbage = new byte[16 << 10];
    }
    garbage = "";
  }

  private static void join(int number) {
    garbage = TEXT + number;
  }
}
