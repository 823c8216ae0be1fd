package org.jvmpprof.benchmarks.http;

/** The steps that lead to one of many distinct stacks: few near the root, many at the leaf. */
public final class Path {
  private static final int DEPTH = 40;
  private static final int FRAMES_PER_BIT = 3;

  private final Step[] steps;
  private final Step leaf;
  private final int number;
  private int depth;

  /**
   * The path of this number.
   *
   * @param steps to choose from
   * @param leaf the last step
   */
  Path(int number, Step[] steps, Step leaf) {
    this.number = number;
    this.steps = steps;
    this.leaf = leaf;
  }

  /** What to run next. */
  public Step next() {
    if (depth == DEPTH) {
      return leaf;
    }
    depth++;
    int branch = number >>> ((DEPTH - depth) / FRAMES_PER_BIT);
    return steps[Math.floorMod(((branch * 31 + depth) * 0x9E3779B9) >> 8, steps.length)];
  }
}
