package org.jvmpprof.agent.stack;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** An interned stack: equal stacks of one {@link StackTable} are one object. */
public final class Stack implements Comparable<Stack> {
  private final Location[] locations;
  private final int hash;

  Stack(Location[] locations) {
    this.locations = locations;
    this.hash = Arrays.hashCode(locations);
  }

  /** The places, leaf first. */
  public List<Location> locations() {
    return Collections.unmodifiableList(Arrays.asList(locations));
  }

  /**
   * By the places from the root on, so that neighbours have as many of them in common as can be.
   */
  @Override
  public int compareTo(Stack other) {
    int mine = locations.length - 1;
    int others = other.locations.length - 1;
    while (mine >= 0 && others >= 0 && locations[mine] == other.locations[others]) {
      mine--;
      others--;
    }
    return mine < 0 || others < 0
        ? Integer.compare(mine, others)
        : Long.compare(locations[mine].address(), other.locations[others].address());
  }

  @Override
  public boolean equals(Object other) {
    // Mostly it is itself, as interned stacks are.
    return this == other
        || (other instanceof Stack stack && Arrays.equals(locations, stack.locations));
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
