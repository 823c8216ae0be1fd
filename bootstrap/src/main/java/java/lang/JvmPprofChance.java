package java.lang;

/**
 * Hot path: what is recorded by chance, and how much it counts then. What is recorded with
 * probability p counts 1/p: sums are unbiased. Wait-free.
 */
final class JvmPprofChance {
  private JvmPprofChance() {}

  /** As {@code ThreadLocalRandom}'s second generator, in the same field. */
  static int random(Thread thread) {
    int seed = thread.threadLocalRandomSecondarySeed;
    if (seed == 0) {
      seed = (int) System.nanoTime() | 1;
    }
    seed ^= seed << 13;
    seed ^= seed >>> 17;
    seed ^= seed << 5;
    thread.threadLocalRandomSecondarySeed = seed;
    return seed;
  }

  /** What a wait counts for; 0 when it is not recorded. */
  static long contentions(Thread thread, long delayNanos, long rate, int weight) {
    if (rate <= 0) {
      return 0;
    }
    return isChosen(thread, delayNanos, rate) ? counted(thread, delayNanos, rate, weight) : 0;
  }

  /** Always what takes at least the rate, the rest with a probability in proportion. */
  static boolean isChosen(Thread thread, long delayNanos, long rate) {
    return delayNanos >= rate || fraction(thread) * rate < delayNanos;
  }

  /** How often what has been chosen counts: a whole number whose mean is right. */
  static long counted(Thread thread, long delayNanos, long rate, long contentions) {
    return delayNanos >= rate
        ? contentions
        : (long) ((double) contentions * rate / delayNanos + fraction(thread));
  }

  /** From 0 to 1. */
  static double fraction(Thread thread) {
    return (random(thread) >>> 1) * 0x1p-31;
  }
}
