package java.lang;

/**
 * Hot path: what classes of java.util.concurrent call while they spin, or yield the processor,
 * before they park. That is the first part of the same wait: it is recorded as time without a count
 * of its own, where the count is that of the park. Who gets what it spins for has not waited. No
 * locks, no allocation unless it is recorded.
 */
public final class JvmPprofSpins {
  private JvmPprofSpins() {}

  /**
   * Before each turn.
   *
   * @param since what the last call returned; 0 at first
   * @return since when the thread spins; 0 when nothing is recorded
   */
  public static long spinning(long since) {
    return since == 0 && JvmPprofRates.on ? System.nanoTime() | 1 : since;
  }

  /** Before a park, which times itself. */
  public static void parking(long since) {
    if (since != 0) {
      long now = System.nanoTime();
      JvmPprofRates.recordSpin(now, now - since);
    }
  }
}
