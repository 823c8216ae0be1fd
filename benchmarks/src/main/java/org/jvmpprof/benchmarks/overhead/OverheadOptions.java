package org.jvmpprof.benchmarks.overhead;

import java.util.Locale;

/**
 * How long the comparison takes.
 *
 * @param rounds of the loads
 * @param warmupSeconds before a load is measured
 * @param seconds measured of each load in a round
 * @param starts rounds of the least program
 * @param locks whether the loads are those that contend for a lock, and nothing else is measured
 */
record OverheadOptions(
    int rounds, double warmupSeconds, double seconds, int starts, boolean locks) {
  static final String USAGE =
      "usage: benchmarks/overhead [--locks] [--quick] [--rounds N] [--warmup SECONDS] [--seconds SECONDS]"
          + " [--starts N]";

  private static final double NANOS_PER_SECOND = 1e9;
  private static final OverheadOptions DEFAULT = new OverheadOptions(4, 2, 4, 15, false);
  private static final OverheadOptions QUICK = new OverheadOptions(1, 1, 1.5, 3, false);
  private static final OverheadOptions LOCKS = new OverheadOptions(6, 2.5, 1, 0, true);
  private static final OverheadOptions QUICK_LOCKS = new OverheadOptions(1, 2.5, 1, 0, true);

  /** Reads a command line; an option beats those before it. */
  static OverheadOptions parse(String[] args) {
    OverheadOptions options = DEFAULT;
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("--quick")) {
        options = options.locks ? QUICK_LOCKS : QUICK;
      } else if (args[i].equals("--locks")) {
        options = LOCKS;
      } else if (i + 1 < args.length) {
        options = options.with(args[i], args[++i]);
      } else {
        throw new IllegalArgumentException(USAGE);
      }
    }
    return options;
  }

  private OverheadOptions with(String name, String value) {
    return switch (name) {
      case "--rounds" -> new OverheadOptions(count(value), warmupSeconds, seconds, starts, locks);
      case "--warmup" -> new OverheadOptions(rounds, number(value), seconds, starts, locks);
      case "--seconds" -> new OverheadOptions(rounds, warmupSeconds, number(value), starts, locks);
      case "--starts" -> new OverheadOptions(rounds, warmupSeconds, seconds, count(value), locks);
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
    String measured =
        String.format(
            Locale.ROOT, " --rounds %d --warmup %s --seconds %s", rounds, warmupSeconds, seconds);
    return "benchmarks/overhead"
        + (locks ? " --locks" + measured : measured + " --starts " + starts);
  }
}
