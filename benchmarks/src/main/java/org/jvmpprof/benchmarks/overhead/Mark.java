package org.jvmpprof.benchmarks.overhead;

/**
 * How far a {@link Load} has come.
 *
 * @param nanos on the clock of its process
 * @param operations since its start
 */
record Mark(long nanos, long operations) {
  /** How its line begins; profilers print lines of their own. */
  static final String PREFIX = "mark ";

  /** Reads what {@link #line} wrote. */
  static Mark parse(String line) {
    String[] words = line.split(" ", -1);
    return new Mark(Long.parseLong(words[1]), Long.parseLong(words[2]));
  }

  String line() {
    return PREFIX + nanos + ' ' + operations;
  }
}
