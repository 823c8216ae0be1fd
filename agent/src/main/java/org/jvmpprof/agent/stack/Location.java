package org.jvmpprof.agent.stack;

/**
 * A place in the program, one object per function and line while the {@link StackTable} holds it.
 */
public final class Location {
  private final Function function;
  private final int line;
  private final long address;

  Location(Function function, int line, long address) {
    this.function = function;
    this.line = line;
    this.address = address;
  }

  /** The function. */
  public Function function() {
    return function;
  }

  /** The line in the function's file; 0 where not known. */
  public int line() {
    return line;
  }

  /**
   * What scrapers know this place by: never zero, never the same for two places, equal in all
   * profiles of the process that show the place.
   */
  public long address() {
    return address;
  }
}
