package java.lang;

/**
 * Hot path: what a release is charged with, in one number, which stays in a register where an
 * object would be allocated. 0 is nothing. Wait-free.
 */
final class JvmPprofCharge {
  private static final int CONTENTIONS_BITS = 4;
  private static final long MAX_DELAY_NANOS = Long.MAX_VALUE >> CONTENTIONS_BITS;

  private JvmPprofCharge() {}

  /**
   * A charge.
   *
   * @param delayNanos of all waiters; about eighteen years at most
   * @param contentions how many releases this one stands for: a power of two, up to 2 to the power
   *     of 14, or 0
   */
  static long of(long delayNanos, int contentions) {
    int exponent = Integer.SIZE - Integer.numberOfLeadingZeros(contentions);
    return Math.min(delayNanos, MAX_DELAY_NANOS) << CONTENTIONS_BITS | exponent;
  }

  /** The delay of both, and the contentions of that which has more of them. */
  static long sum(long one, long other) {
    return of(delayNanos(one) + delayNanos(other), Math.max(contentions(one), contentions(other)));
  }

  /** The same charge, of waiters of whom only some were seen. */
  static long estimated(long charge) {
    return -charge;
  }

  static boolean isEstimated(long charge) {
    return charge < 0;
  }

  static long delayNanos(long charge) {
    return Math.abs(charge) >> CONTENTIONS_BITS;
  }

  static int contentions(long charge) {
    return 1 << (Math.abs(charge) & ((1 << CONTENTIONS_BITS) - 1)) >> 1;
  }
}
