package org.jvmpprof.cli;

import java.io.IOException;
import java.io.OutputStream;

/** Says READY and runs until its standard input ends. */
final class Sleeper {
  private Sleeper() {}

  public static void main(String... args) throws IOException {
    System.out.println("READY");
    System.in.transferTo(OutputStream.nullOutputStream());
  }
}
