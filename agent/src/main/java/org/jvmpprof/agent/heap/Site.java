package org.jvmpprof.agent.heap;

import org.jvmpprof.agent.profile.Labels;
import org.jvmpprof.agent.stack.Stack;

/**
 * What was sampled in one place, of one size and class, with one mean distance between samples:
 * only such samples can be scaled together.
 */
final class Site {
  /** Identifies a site. */
  record Key(Stack stack, Labels labels, long meanBytes) {
    // What the compiler makes for a record is linked at run time, for milliseconds of start-up.
    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && meanBytes == key.meanBytes
          && stack.equals(key.stack)
          && labels.equals(key.labels);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * stack.hashCode() + labels.hashCode()) + Long.hashCode(meanBytes);
    }
  }

  private final Key key;
  private long objects;
  private long bytes;
  private long inUse;

  Site(Key key) {
    this.key = key;
  }

  Key key() {
    return key;
  }

  /** Counts allocations that were sampled. */
  void add(long moreObjects, long moreBytes) {
    objects += moreObjects;
    bytes += moreBytes;
  }

  /** Begins to count what is in use. */
  void clearInUse() {
    inUse = 0;
  }

  /** Counts one sampled object that is in use. */
  void addInUse() {
    inUse++;
  }

  /** All that was sampled. */
  Allocations allocated() {
    return new Allocations(objects, bytes);
  }

  /** The part of it that was counted as in use. */
  Allocations inUse() {
    return new Allocations(inUse, objects == 0 ? 0 : Math.round((double) bytes / objects * inUse));
  }
}
