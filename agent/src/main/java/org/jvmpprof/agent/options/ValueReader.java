package org.jvmpprof.agent.options;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes a value of the text that a user gave, without white space around it. */
@FunctionalInterface
interface ValueReader<T> {
  T read(String text) throws BadValueException;

  /** A whole number from {@code min} to {@code max}. */
  static ValueReader<Integer> number(int min, int max) {
    return text -> (int) Quantity.NUMBER.read(text, min, max);
  }

  /** Bytes: {@code 4096}, {@code 512k}, {@code 1m}, {@code 1g}. */
  static ValueReader<Long> size(long min, long max) {
    return text -> Quantity.SIZE.read(text, min, max);
  }

  /** {@code 1ns}, {@code 10us}, {@code 100ms}, {@code 60s}, {@code 5m}, {@code 24h}, {@code 1d}. */
  static ValueReader<Duration> duration(Duration min, Duration max) {
    return text -> Duration.ofNanos(Quantity.DURATION.read(text, min.toNanos(), max.toNanos()));
  }

  /** One of an enum's constants, in any case. */
  static <E extends Enum<E>> ValueReader<E> word(Class<E> words) {
    return text -> {
      try {
        return Enum.valueOf(words, text.toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        throw new BadValueException("unknown value");
      }
    };
  }

  /** {@code on} or {@code off}, in any case. */
  static ValueReader<Boolean> onOff() {
    return text ->
        switch (text.toLowerCase(Locale.ROOT)) {
          case "on" -> true;
          case "off" -> false;
          default -> throw new BadValueException("unknown value");
        };
  }

  /** A path, made absolute against the working directory; none for an empty text. */
  static ValueReader<Optional<Path>> path() {
    return text -> {
      try {
        return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text).toAbsolutePath());
      } catch (InvalidPathException e) {
        throw new BadValueException("not a path of this system (" + e.getReason() + ")");
      }
    };
  }

  /** {@code PORT}, {@code HOST:PORT} or {@code [IPV6]:PORT}, unchanged; none for {@code off}. */
  static ValueReader<Optional<String>> address() {
    String host = "\\w[\\w.-]*|\\[[\\p{XDigit}:.]+(%[\\w.-]+)?]";
    return text -> {
      if (text.equalsIgnoreCase("off")) {
        return Optional.empty();
      }
      int colon = text.lastIndexOf(':');
      if (colon >= 0 && !text.substring(0, colon).matches(host)) {
        throw new BadValueException("not an address");
      }
      Quantity.NUMBER.read(text.substring(colon + 1), 0, 65535);
      return Optional.of(text);
    };
  }

  /** Beginnings of Java class names, joined with {@code :}; none for an empty text. */
  static ValueReader<List<String>> prefixes() {
    return text -> {
      List<String> prefixes = new ArrayList<>();
      for (String part : text.isEmpty() ? new String[0] : text.split(":", -1)) {
        String name = part.strip();
        if (!beginsClassName(name)) {
          throw new BadValueException("not a class name prefix");
        }
        prefixes.add(name);
      }
      return List.copyOf(prefixes);
    };
  }

  private static boolean beginsClassName(String text) {
    int before = '.';
    for (int c : text.codePoints().toArray()) {
      boolean part = c == '.' || Character.isJavaIdentifierPart(c);
      if (before == '.' ? !Character.isJavaIdentifierStart(c) : !part) {
        return false;
      }
      before = c;
    }
    return !text.isEmpty();
  }
}
