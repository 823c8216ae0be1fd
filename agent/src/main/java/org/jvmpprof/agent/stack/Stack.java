package org.jvmpprof.agent.stack;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** An interned stack: equal stacks of one {@link StackTable} are one object. */
public final class Stack {
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

  @Override
  public boolean equals(Object other) {
    return other instanceof Stack stack && Arrays.equals(locations, stack.locations);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
