package org.jvmpprof.it.programs;

import java.util.function.Consumer;

/**
 * The model of the classes that {@link NewClassesProgram} makes: descends by the bits of a number,
 * one method for a 0 and one for a 1, so that every number has its own stack.
 */
public final class Template000000 implements Consumer<Integer> {
  private static final int DEPTH = 60;

  @Override
  public void accept(Integer number) {
    descend(number * 0x9E3779B97F4A7C15L, DEPTH);
  }

  private void descend(long bits, int depth) {
    if (depth == 0) {
      Cpu.burnNanos(500_000);
    } else if ((bits & 1) == 0) {
      zero(bits >>> 1, depth - 1);
    } else {
      one(bits >>> 1, depth - 1);
    }
  }

  private void zero(long bits, int depth) {
    descend(bits, depth);
  }

  private void one(long bits, int depth) {
    descend(bits, depth);
  }
}
