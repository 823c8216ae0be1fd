package org.jvmpprof.agent.stack;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each distinct stack and place once, in bounded memory. A stack that no longer fits becomes
 * the one {@link #overflow}, so that what the table drops is visible in the profile. Thread-safe;
 * never used in a thread of the application, unless it asks for a profile.
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
  private int sweepAtStacks;
  private int sweepAtLocations;

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
    sweepAtStacks = maxStacks / 2;
    sweepAtLocations = maxLocations / 2;
  }

  /** How many distinct stacks there can be. */
  public int maxStacks() {
    return maxStacks;
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
  public synchronized Stack intern(List<Frame> frames) {
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

  /** The name of the function at an address, if it is still known. */
  public synchronized Optional<String> functionAt(long address) {
    String[] found = new String[1];
    functionNumbers.forEach(
        (function, number) -> {
          if (number == address >>> LINE_BITS) {
            found[0] = function.name();
          }
        });
    return Optional.ofNullable(found[0]);
  }

  /**
   * Makes room when the table is more than half full, and again when half of the room it made is
   * taken: forgets all stacks that nobody holds, and the places that no such stack has. Addresses
   * of what is forgotten are not given out again.
   */
  public synchronized void sweep(List<? extends StackHolder> holders) {
    if (stacks.size() <= sweepAtStacks && locations.size() <= sweepAtLocations) {
      return;
    }
    Set<Stack> held = Collections.newSetFromMap(new IdentityHashMap<>());
    holders.forEach(holder -> holder.forEachStack(held::add));
    stacks.retain((stack, same) -> held.contains(stack));
    Set<Location> used = Collections.newSetFromMap(new IdentityHashMap<>());
    stacks.forEach((stack, same) -> used.addAll(stack.locations()));
    locations.retain((frame, place) -> used.contains(place));
    Table<Function, Boolean> functions = new Table<>();
    locations.forEach((frame, place) -> functions.put(frame.function(), true));
    functionNumbers.retain((function, number) -> functions.get(function) != null);
    sweepAtStacks = (maxStacks + stacks.size()) / 2;
    sweepAtLocations = (maxLocations + locations.size()) / 2;
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
