package org.jvmpprof.agent.store;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jvmpprof.agent.profile.ProfileType;

/**
 * The name of a profile file: {@code <profile>-<UTC start>-<pid>.pb.gz}. Only files that are named
 * so are ever repaired or deleted.
 *
 * @param profile the profile's name
 * @param start when the file's period began, to the millisecond
 * @param pid the process that wrote it
 */
record SegmentName(String profile, Instant start, long pid) {
  /** What a file is called until it is complete enough to be read. */
  static final String UNFINISHED = ".tmp";

  private static final String PROFILES =
      ProfileType.BUILT_IN.stream().map(ProfileType::name).collect(Collectors.joining("|"));
  private static final Pattern NAME =
      Pattern.compile("(" + PROFILES + ")-(\\d{8}T\\d{6}\\.\\d{3}Z)-(\\d{1,10})\\.pb\\.gz");

  /** Reads a file's name; empty if it is none of ours. */
  static Optional<SegmentName> of(Path file) {
    Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
    if (!name.matches()) {
      return Optional.empty();
    }
    try {
      Instant start = start(name.group(2));
      return Optional.of(new SegmentName(name.group(1), start, Long.parseLong(name.group(3))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Whether a file is what a process leaves behind that ends while it makes one of our files. */
  static boolean isUnfinished(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(UNFINISHED)
        && of(Path.of(name.substring(0, name.length() - UNFINISHED.length()))).isPresent();
  }

  /** The file's name. */
  String fileName() {
    LocalDateTime at = LocalDateTime.ofInstant(start, ZoneOffset.UTC);
    int date = 100 * (100 * at.getYear() + at.getMonthValue()) + at.getDayOfMonth();
    int time = 100 * (100 * at.getHour() + at.getMinute()) + at.getSecond();
    int millis = (int) TimeUnit.NANOSECONDS.toMillis(at.getNano());
    String start = digits(8, date) + 'T' + digits(6, time) + '.' + digits(3, millis) + 'Z';
    return profile + '-' + start + '-' + pid + ".pb.gz";
  }

  private static String digits(int count, int number) {
    String digits = Integer.toString(number);
    return "0".repeat(count - digits.length()) + digits;
  }

  /** A formatter would take its time for each of the thousands of files that there may be. */
  private static Instant start(String stamp) {
    LocalDateTime at =
        LocalDateTime.of(
            number(stamp, 0, 4),
            number(stamp, 4, 6),
            number(stamp, 6, 8),
            number(stamp, 9, 11),
            number(stamp, 11, 13),
            number(stamp, 13, 15),
            (int) TimeUnit.MILLISECONDS.toNanos(number(stamp, 16, 19)));
    return at.toInstant(ZoneOffset.UTC);
  }

  private static int number(String stamp, int begin, int end) {
    return Integer.parseInt(stamp, begin, end, 10);
  }
}
