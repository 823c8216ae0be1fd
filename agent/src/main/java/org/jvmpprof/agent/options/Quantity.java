package org.jvmpprof.agent.options;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What can be written as a whole number with a unit, in any case.
 *
 * @param noun what the user was to write, e.g. {@code "duration"}
 * @param units what each unit stands for; the empty one is a number alone
 */
record Quantity(String noun, Map<String, Long> units) {
  /** A number alone. */
  static final Quantity NUMBER = new Quantity("number", Map.of("", 1L));

  /** Bytes. */
  static final Quantity SIZE =
      new Quantity("size", Map.of("", 1L, "k", 1L << 10, "m", 1L << 20, "g", 1L << 30));

  /** Nanoseconds. */
  static final Quantity DURATION =
      new Quantity(
          "duration",
          Map.of(
              "ns", 1L,
              "us", 1_000L,
              "ms", 1_000_000L,
              "s", 1_000_000_000L,
              "m", 60_000_000_000L,
              "h", 3_600_000_000_000L,
              "d", 86_400_000_000_000L));

  private static final Pattern NUMBER_AND_UNIT = Pattern.compile("([0-9]+)([a-z]*)");

  /** Reads a quantity from {@code min} to {@code max}; zero needs no unit. */
  long read(String text, long min, long max) throws BadValueException {
    Matcher parts = NUMBER_AND_UNIT.matcher(text.toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      throw new BadValueException("not a " + noun);
    }
    long value = times(parts.group(1), parts.group(2));
    if (value < min || value > max) {
      throw new BadValueException("out of range");
    }
    return value;
  }

  private long times(String digits, String unit) throws BadValueException {
    try {
      long number = Long.parseLong(digits);
      return number == 0 && unit.isEmpty() ? 0 : Math.multiplyExact(number, size(unit));
    } catch (NumberFormatException | ArithmeticException e) {
      throw new BadValueException("out of range");
    }
  }

  private long size(String unit) throws BadValueException {
    Long size = units.get(unit);
    if (size == null) {
      throw new BadValueException(unit.isEmpty() ? "no unit" : "not a " + noun);
    }
    return size;
  }
}
