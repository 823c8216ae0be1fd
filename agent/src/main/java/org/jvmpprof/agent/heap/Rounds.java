package org.jvmpprof.agent.heap;

import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Numbers the drainer's rounds, and tells which lie before a garbage collection: each round leaves
 * an object that nobody holds. Once that is gone, all objects that are older have had their chance
 * to be freed, whichever collector the JVM has.
 */
class Rounds {
  /** No round lies before a collection yet. */
  static final int NONE = -1;

  private static final int MAX_LEFT = 256;

  private final Deque<Round> left = new ArrayDeque<>();
  private int current;
  private int collected = NONE;

  private static final class Round extends WeakReference<Object> {
    final int number;

    Round(int number) {
      super(new Object());
      this.number = number;
    }
  }

  /** The number of the round. */
  int current() {
    return current;
  }

  /** Ends the round. */
  void next() {
    if (left.size() >= MAX_LEFT) {
      thin();
    }
    left.addLast(new Round(current));
    current++;
  }

  /** Whether further rounds lie before a collection since the last call. */
  boolean advance() {
    int before = collected;
    for (Round round : left) {
      if (isGone(round)) {
        collected = round.number;
      }
    }
    left.removeIf(round -> round.number <= collected);
    return collected != before;
  }

  /** The last round that lies before a collection, as of the last {@link #advance}. */
  int collected() {
    return collected;
  }

  /** Not get(), which would keep alive what a running collection has not reached. */
  boolean isGone(WeakReference<Object> object) {
    return object.refersTo(null);
  }

  /** Leaves out every other round; those will be found collected together with the one after. */
  private void thin() {
    int[] place = {0};
    left.removeIf(round -> place[0]++ % 2 == 0);
  }
}
