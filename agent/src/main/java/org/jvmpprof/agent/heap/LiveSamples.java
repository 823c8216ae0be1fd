package org.jvmpprof.agent.heap;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The sampled objects that have not been found freed. Arrays, as there may be a million: 16 bytes
 * each, and 8 for the JVM's weak reference.
 */
final class LiveSamples {
  private static final int INITIAL = 1 << 10;

  private long[] references = new long[INITIAL];
  private @Nullable Site[] sites = new @Nullable Site[INITIAL];
  private int[] rounds = new int[INITIAL];
  private int size;

  int size() {
    return size;
  }

  /**
   * Tracks an object.
   *
   * @param round in which it was taken over
   */
  void add(long reference, Site site, int round) {
    if (size == references.length) {
      resize(size + (size >> 1));
    }
    references[size] = reference;
    sites[size] = site;
    rounds[size] = round;
    size++;
  }

  /** Forgets the objects that the garbage collector has freed. */
  void sweep(AllocationSampler sampler) {
    sampler.sweep(references, size, false);
    compact();
  }

  /** Forgets all objects. */
  void release(AllocationSampler sampler) {
    sampler.sweep(references, size, true);
    compact();
  }

  /** Counts the objects of the rounds up to that one as in use at their sites. */
  void countInUse(int lastRound) {
    for (int i = 0; i < size; i++) {
      Site site = sites[i];
      if (site != null && rounds[i] <= lastRound) {
        site.addInUse();
      }
    }
  }

  private void compact() {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (references[i] != 0) {
        references[kept] = references[i];
        sites[kept] = sites[i];
        rounds[kept] = rounds[i];
        kept++;
      }
    }
    Arrays.fill(sites, kept, size, null);
    size = kept;
    if (size < references.length / 4) {
      resize(Math.max(INITIAL, 2 * size));
    }
  }

  private void resize(int length) {
    references = Arrays.copyOf(references, length);
    sites = Arrays.copyOf(sites, length);
    rounds = Arrays.copyOf(rounds, length);
  }
}
