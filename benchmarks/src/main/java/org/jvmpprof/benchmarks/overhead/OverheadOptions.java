package org.jvmpprof.benchmarks.overhead;

import java.util.Locale;

/**
 * How long the comparison takes.
 *
 * @param rounds of the loads
 * @param warmupSeconds before a load is measured
 * @param seconds measured of each load in a round
 * @param starts rounds of the programs that end by themselves
 * @param measured what it is about
 */
record OverheadOptions(
    int rounds, double warmupSeconds, double seconds, int starts, Measured measured) {
  static final String USAGE =
      "usage: benchmarks/overhead [--locks | --start] [--quick] [--rounds N] [--warmup SECONDS] [--seconds SECONDS]"
          + " [--starts N]";

  private static final double NANOS_PER_SECOND = 1e9;
  private static final OverheadOptions DEFAULT =
      new OverheadOptions(4, 2, 4, 15, Measured.OVERHEAD);

  /** Reads a command line; an option beats those before it. */
  static OverheadOptions parse(String[] args) {
    OverheadOptions options = DEFAULT;
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("--quick")) {
        options = options.quick();
      } else if (args[i].equals("--locks")) {
        options = new OverheadOptions(6, 2.5, 1, 0, Measured.LOCKS);
      } else if (args[i].equals("--start")) {
        options = new OverheadOptions(0, 0, 0, 7, Measured.STARTS);
      } else if (i + 1 < args.length) {
        options = options.with(args[i], args[++i]);
      } else {
        throw new IllegalArgumentException(USAGE);
      }
    }
    return options;
  }

  /** To see that it works. */
  private OverheadOptions quick() {
    return switch (measured) {
      case OVERHEAD -> new OverheadOptions(1, 1, 1.5, 3, measured);
      case LOCKS -> new OverheadOptions(1, warmupSeconds, seconds, starts, measured);
      case STARTS -> new OverheadOptions(rounds, warmupSeconds, seconds, 1, measured);
    };
  }

  private OverheadOptions with(String name, String value) {
    return switch (name) {
      case "--rounds" ->
          new OverheadOptions(count(value), warmupSeconds, seconds, starts, measured);
      case "--warmup" -> new OverheadOptions(rounds, number(value), seconds, starts, measured);
      case "--seconds" ->
          new OverheadOptions(rounds, warmupSeconds, number(value), starts, measured);
      case "--starts" ->
          new OverheadOptions(rounds, warmupSeconds, seconds, count(value), measured);
      default -> throw new IllegalArgumentException(USAGE);
    };
  }

  private static int count(String value) {
    int count = (int) number(value);
    if (count < 1) {
      throw new IllegalArgumentException(USAGE);
    }
    return count;
  }

  private static double number(String value) {
    try {
      double number = Double.parseDouble(value);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(USAGE, e);
    }
    throw new IllegalArgumentException(USAGE);
  }

  long warmupNanos() {
    return (long) (warmupSeconds * NANOS_PER_SECOND);
  }

  long measuredNanos() {
    return (long) (seconds * NANOS_PER_SECOND);
  }

  /** The command line that says all of it. */
  String commandLine() {
    String loads =
        String.format(
            Locale.ROOT, " --rounds %d --warmup %s --seconds %s", rounds, warmupSeconds, seconds);
    return "benchmarks/overhead"
        + switch (measured) {
          case OVERHEAD -> loads + " --starts " + starts;
          case LOCKS -> " --locks" + loads;
          case STARTS -> " --start --starts " + starts;
        };
  }
}
