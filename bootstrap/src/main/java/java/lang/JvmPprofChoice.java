package java.lang;

/**
 * Hot path: which of the waits for a lock its releaser can see. While there are few, all of them;
 * while there are many, one in {@link #weight} or {@link #parkWeight}, which counts for as many. Of
 * the others, parks are timed all the same; enters of monitors, most of which find a free one that
 * stays inflated, look at a coarse clock: so no long wait is missed. Wait-free.
 */
public final class JvmPprofChoice {
  /** A wait over which the coarse clock advances so far is long. */
  static final long LONG_NANOS = 16_000_000;

  /** The leading bits that must be 0 in the number of an enter that is timed; 0 for all enters. */
  private static int chosenMask;

  /** The same for parks. */
  private static int parkMask;

  private static long tickNanos = LONG_NANOS;

  private static long coarsePeriodNanos;

  /** Before all that is timed. */
  static final long BASE_NANOS = System.nanoTime();

  static volatile long coarseNanos = BASE_NANOS;

  /**
   * How many were chosen; racy, and good enough to tell few from many. In the middle, so that no
   * other thread waits for the cache line of something else.
   */
  private static final int[] TIMED = new int[64];

  private static final int[] PARKS = new int[64];

  private JvmPprofChoice() {}

  /**
   * Times one enter in several, or all of them.
   *
   * @param bits one in two to the power of this is timed; 0 for all
   * @param coarsePeriodNanos how often {@link #tick} is called from now on, unless all are
   */
  public static void choose(int bits, long coarsePeriodNanos) {
    coarseNanos = System.nanoTime();
    JvmPprofChoice.coarsePeriodNanos = coarsePeriodNanos;
    chosenMask = mask(bits);
  }

  /**
   * Lets releases see one park for a lock in two to the power of this; 0 for all. Where it is not
   * known who is woken, they see all, however many: none could be counted.
   */
  public static void chooseParks(int bits) {
    parkMask = JvmPprofLocks.KNOWS_WOKEN ? mask(bits) : 0;
  }

  /** Records a thread that a tick finds entering a monitor once in two to the power of this. */
  public static void chooseTicks(int bits) {
    tickNanos = LONG_NANOS << bits;
  }

  /** The threshold for what ticks find. */
  static long tickNanos() {
    return tickNanos;
  }

  /** Advances the coarse clock. */
  public static void tick() {
    coarseNanos = System.nanoTime();
  }

  /** How many enters were timed so far; only the difference of two calls means something. */
  public static int timed() {
    return TIMED[TIMED.length / 2];
  }

  /** The same for parks. */
  public static int parks() {
    return PARKS[PARKS.length / 2];
  }

  static boolean isChosen(int random) {
    return (random & chosenMask) == 0;
  }

  static void countTimed() {
    TIMED[TIMED.length / 2]++;
  }

  static int weight() {
    return 1 << Integer.bitCount(chosenMask);
  }

  static void countPark() {
    PARKS[PARKS.length / 2]++;
  }

  /** For how many a park for a lock counts; 0 when it is not chosen. */
  static int parkWeight(int random) {
    int mask = parkMask;
    return (random & mask) == 0 ? 1 << Integer.bitCount(mask) : 0;
  }

  static boolean areAllTimed() {
    return chosenMask == 0;
  }

  /** From when on a wait is long that begins now. */
  static long longFrom() {
    return coarseNanos + LONG_NANOS;
  }

  static boolean isSeen(long now, long seenFrom) {
    return (chosenMask != 0 ? coarseNanos : now) - seenFrom >= 0;
  }

  /** Whether it is worth a closer look; mostly it is not. */
  static boolean mayBeLong(long coarseSince) {
    return chosenMask == 0 || coarseNanos != coarseSince;
  }

  static long coarsePeriodNanos() {
    return coarsePeriodNanos;
  }

  private static int mask(int bits) {
    return bits == 0 ? 0 : -1 << (Integer.SIZE - bits);
  }
}
