package org.jvmpprof.agent.stack;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each distinct stack and place once, in bounded memory. A stack that no longer fits becomes
 * the one {@link #overflow}, so that what the table drops is visible in the profile. Used by the
 * drainer's thread only.
 */
public final class StackTable {
  /** The depth that Go's runtime keeps for all but CPU profiles; the root side is cut. */
  public static final int MAX_DEPTH = 128;

  /** Bits of an address that hold the line, which a class file stores in as many. */
  private static final int LINE_BITS = 16;

  private static final Function FULL = Function.named("jvmpprof.stackTableFull");

  private final int maxStacks;
  private final int maxLocations;
  private final Table<Stack, Stack> stacks = new Table<>();
  private final Table<Frame, Location> locations = new Table<>();
  private final Table<Function, Long> functionNumbers = new Table<>();
  private final Stack overflow;
  private long nextFunctionNumber = 1;

  /**
   * Makes an empty table.
   *
   * @param maxStacks distinct stacks that it holds at most
   * @param maxLocations distinct places that it holds at most
   */
  public StackTable(int maxStacks, int maxLocations) {
    this.maxStacks = maxStacks;
    this.maxLocations = maxLocations;
    this.overflow = new Stack(new Location[] {newLocation(FULL, 0)});
  }

  /** The stack that stands for all that did not fit. */
  public Stack overflow() {
    return overflow;
  }

  /**
   * The one object for a stack.
   *
   * @param frames leaf first; what is deeper than {@link #MAX_DEPTH} is cut at the root
   */
  public Stack intern(List<Frame> frames) {
    int depth = Math.min(frames.size(), MAX_DEPTH);
    Location[] places = new Location[depth];
    for (int i = 0; i < depth; i++) {
      Location place = locate(frames.get(i));
      if (place == null) {
        return overflow;
      }
      places[i] = place;
    }
    Stack candidate = new Stack(places);
    Stack known = stacks.get(candidate);
    if (known != null) {
      return known;
    }
    if (stacks.size() >= maxStacks) {
      return overflow;
    }
    stacks.put(candidate, candidate);
    return candidate;
  }

  /**
   * Makes room when the table is more than half full: forgets all stacks that are not live, and the
   * places that no live stack has. Addresses of what is forgotten are not given out again.
   */
  public void sweep(Predicate<Stack> live) {
    if (stacks.size() <= maxStacks / 2 && locations.size() <= maxLocations / 2) {
      return;
    }
    stacks.retain((stack, same) -> live.test(stack));
    Set<Location> used = Collections.newSetFromMap(new IdentityHashMap<>());
    stacks.forEach((stack, same) -> used.addAll(stack.locations()));
    locations.retain((frame, place) -> used.contains(place));
    Table<Function, Boolean> functions = new Table<>();
    locations.forEach((frame, place) -> functions.put(frame.function(), true));
    functionNumbers.retain((function, number) -> functions.get(function) != null);
  }

  private @Nullable Location locate(Frame frame) {
    Location known = locations.get(frame);
    if (known != null) {
      return known;
    }
    if (locations.size() >= maxLocations) {
      return null;
    }
    Location place = newLocation(frame.function(), frame.line());
    locations.put(frame, place);
    return place;
  }

  private Location newLocation(Function function, int line) {
    int known = Math.max(line, 0);
    Long number = functionNumbers.get(function);
    if (number == null) {
      number = nextFunctionNumber++;
      functionNumbers.put(function, number);
    }
    return new Location(function, known, number << LINE_BITS | known);
  }
}
