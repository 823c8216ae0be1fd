package org.jvmpprof.it.programs;

import java.io.IOException;

/** How a program and its test wait for each other. */
final class Handshake {
  private Handshake() {}

  /** Prints {@code READY} and waits for a line, or for the end of the test. */
  static void await() throws IOException {
    System.out.println("READY");
    int next = System.in.read();
    while (next != '\n' && next != -1) {
      next = System.in.read();
    }
  }
}
