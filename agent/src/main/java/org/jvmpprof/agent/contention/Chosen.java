package org.jvmpprof.agent.contention;

/** How many of the waits of one kind are chosen to be seen closely, so that they are few. */
final class Chosen {
  /** So that what is chosen still tells something about short waits. */
  private static final int MAX_BITS = 8;

  private final int maxPerRound;
  private int bits;
  private int lastCount;

  /**
   * Chooses all at first.
   *
   * @param maxPerRound when it is more, only half as many are chosen
   */
  Chosen(int maxPerRound) {
    this.maxPerRound = maxPerRound;
  }

  /** One in two to the power of this is chosen. */
  int bits() {
    return bits;
  }

  /** Begins a round in which this many had ever been chosen. */
  void forget(int count) {
    lastCount = count;
  }

  /**
   * Looks at how many were chosen in a round.
   *
   * @param count how many ever were; it wraps around
   * @param all whether all are to be chosen, however many
   * @return {@link #bits} of the next round
   */
  int choose(int count, boolean all) {
    int chosen = count - lastCount;
    lastCount = count;
    if (all) {
      bits = 0;
    } else if (chosen > maxPerRound) {
      bits = Math.min(bits + 1, MAX_BITS);
    } else if (chosen < maxPerRound / 4) {
      bits = Math.max(bits - 1, 0);
    }
    return bits;
  }
}
