package org.jvmpprof.agent.heap;

import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.profile.Labels;
import org.jvmpprof.agent.stack.Stack;

/**
 * What was sampled in one place, of one size and class, with one mean distance between samples:
 * only such samples can be scaled together.
 */
final class Site {
  /** What a row of the profile is about. */
  record Key(Stack stack, Labels labels) {
    // What the compiler makes for a record is linked at run time, for milliseconds of start-up.
    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && stack.equals(key.stack) && labels.equals(key.labels);
    }

    @Override
    public int hashCode() {
      return 31 * stack.hashCode() + labels.hashCode();
    }
  }

  private final Key key;
  private final long meanBytes;
  private final @Nullable Site next;
  private long objects;
  private long bytes;
  private long inUse;

  /**
   * Nothing was sampled yet.
   *
   * @param next of the same row, with another mean
   */
  Site(Key key, long meanBytes, @Nullable Site next) {
    this.key = key;
    this.meanBytes = meanBytes;
    this.next = next;
  }

  Key key() {
    return key;
  }

  long meanBytes() {
    return meanBytes;
  }

  @Nullable Site next() {
    return next;
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
