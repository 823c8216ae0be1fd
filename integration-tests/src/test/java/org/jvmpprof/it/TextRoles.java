package org.jvmpprof.it;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Profiles in their text forms, of a program in Go or in Java: numbers by what the row is about,
 * the function of the program that is nearest to the leaf.
 */
final class TextRoles {
  private static final Pattern FUNCTION =
      Pattern.compile("(?:main|org\\.jvmpprof\\.it\\.programs\\.LookupProgram)\\.(\\w+)(?![\\w.])");

  private static final Pattern ROW = Pattern.compile("(?m)^([\\d: \\[\\]]+) @ ");

  private final Set<String> roles;
  private final String text;

  TextRoles(Set<String> roles, String text) {
    this.roles = roles;
    this.text = text;
  }

  /** Of the rows of each role, the sum of the number at this place, e.g. 0 for a count. */
  Map<String, Long> sums(int place) {
    Map<String, Long> sums = new TreeMap<>();
    for (String record : text.split("\n\n", -1)) {
      Matcher row = ROW.matcher(record);
      String role = role(record);
      if (row.find() && roles.contains(role)) {
        sums.merge(role, numbers(row.group(1))[place], Long::sum);
      }
    }
    return sums;
  }

  /** How many records of each role there are that have this in them; for debug=2. */
  Map<String, Long> records(Predicate<String> which) {
    Map<String, Long> counts = new TreeMap<>();
    for (String record : text.split("\n\n", -1)) {
      String role = role(record);
      if (roles.contains(role) && which.test(record)) {
        counts.merge(role, 1L, Long::sum);
      }
    }
    return counts;
  }

  private static long[] numbers(String row) {
    return Arrays.stream(row.split("\\D+", -1))
        .filter(number -> !number.isEmpty())
        .mapToLong(Long::parseLong)
        .toArray();
  }

  private String role(String record) {
    Matcher function = FUNCTION.matcher(record.split("\ncreated by ", 2)[0]);
    while (function.find()) {
      if (roles.contains(function.group(1))) {
        return function.group(1);
      }
    }
    return "";
  }
}
