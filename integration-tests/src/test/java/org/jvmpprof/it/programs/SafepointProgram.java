package org.jvmpprof.it.programs;

/**
 * A hot method that the compiler inlines into the loop of a cold one, as in listing 1 of Mytkowicz
 * et al., "Evaluating the Accuracy of Java Profilers", PLDI 2010. A profiler that sees only
 * safepoints finds the loop's end and never the hot method.
 */
public final class SafepointProgram {
  private static final int ROUNDS = 2_000_000;

  private static final int[] cells = new int[1024];

  private SafepointProgram() {}

  /** Runs for 2 s until compilers and samplers are up, then 5 s of CPU time as {@code measured}. */
  public static void main(String[] args) {
    warmUp();
    measured();
  }

  private static void warmUp() {
    repeatFor(2_000_000_000L);
  }

  private static void measured() {
    repeatFor(5_000_000_000L);
  }

  private static void repeatFor(long nanos) {
    long end = Cpu.threadNanos() + nanos;
    while (Cpu.threadNanos() < end) {
      cold();
    }
  }

  private static void cold() {
    for (int i = 0; i < ROUNDS; i++) {
      hot(i);
    }
  }

  private static void hot(int i) {
    int from = (i * 31 + 7) % cells.length;
    int to = (Math.abs(from) + i / 33) % cells.length;
    cells[Math.abs(to)] = cells[Math.abs(from)] / 3 + i % 17;
  }
}
