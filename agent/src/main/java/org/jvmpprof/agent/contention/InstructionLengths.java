package org.jvmpprof.agent.contention;

import java.util.Arrays;

/** How many bytes instructions take, as chapter 6.5 of the JVM specification says. */
final class InstructionLengths {
  private InstructionLengths() {}

  /** Of each instruction, by opcode; 0 for what has no length of its own. */
  static byte[] lengths() {
    byte[] lengths = new byte[256];
    int opcode = 0;
    int[][] runs = {
      {16, 1}, {1, 2}, {1, 3}, {1, 2}, {2, 3}, {5, 2}, {28, 1}, {5, 2}, {73, 1}, {1, 3}, {20, 1},
      {16, 3}, {1, 2}, {2, 0}, {6, 1}, {7, 3}, {2, 5}, {1, 3}, {1, 2}, {1, 3}, {2, 1}, {2, 3},
      {2, 1}, {1, 0}, {1, 4}, {2, 3}, {2, 5}
    };
    for (int[] run : runs) {
      Arrays.fill(lengths, opcode, opcode + run[0], (byte) run[1]);
      opcode += run[0];
    }
    return lengths;
  }
}
