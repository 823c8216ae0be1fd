package org.jvmpprof.it.programs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Keeps a gibibyte in pieces of one MiB after each line of input, instead of the one before. */
public final class GibibyteProgram {
  /** How many times. */
  public static final int ROUNDS = 4;

  private static List<byte[]> kept = List.of();

  private GibibyteProgram() {}

  /** Runs. */
  public static void main(String[] args) throws IOException {
    for (int round = 1; round <= ROUNDS; round++) {
      Handshake.await();
      kept = List.of();
      kept = gibibyte();
      System.out.println("round=" + round);
    }
    Handshake.await();
    System.out.println("kept=" + kept.size());
  }

  private static List<byte[]> gibibyte() {
    List<byte[]> pieces = new ArrayList<>(1024);
    System.out.println("line=" + (new Throwable().getStackTrace()[0].getLineNumber() + 2));
    while (pieces.size() < 1024) {
      pieces.add(new byte[1 << 20]);
    }
    return pieces;
  }
}
