package org.jvmpprof.agent.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A key and a value as the user wrote them, right or wrong.
 *
 * @param value null when there is no {@code =}
 * @param shown how the user finds it again: {@code key=value} and where it comes from; one line
 */
record Entry(String key, @Nullable String value, String shown) {
  private static final String PREFIX = "jvmpprof.";
  private static final int MAX_SHOWN_CHARS = 200;

  /** Splits {@code key=value,key=value}; a comma within a value is written {@code \,}. */
  static List<Entry> inText(String text, String suffix) {
    List<Entry> entries = new ArrayList<>();
    for (String part : text.split("(?<!\\\\),", -1)) {
      String option = part.replace("\\,", ",").strip();
      if (!option.isEmpty()) {
        entries.add(of(option, printable(option) + suffix));
      }
    }
    return entries;
  }

  private static Entry of(String option, String shown) {
    int equals = option.indexOf('=');
    return equals < 0
        ? new Entry(option, null, shown)
        : new Entry(
            option.substring(0, equals).strip(), option.substring(equals + 1).strip(), shown);
  }

  /** All {@code jvmpprof.…} properties but those that the agent itself or its tests set. */
  static List<Entry> inProperties(Properties properties) {
    List<Entry> entries = new ArrayList<>();
    for (String name : new TreeSet<>(properties.stringPropertyNames())) {
      String value = properties.getProperty(name);
      if (name.startsWith(PREFIX) && !isOurs(name) && value != null) {
        String key = name.substring(PREFIX.length());
        entries.add(new Entry(key, value.strip(), printable(name + "=" + value)));
      }
    }
    return entries;
  }

  private static boolean isOurs(String name) {
    return name.equals("jvmpprof.version")
        || name.startsWith("jvmpprof.running.")
        || name.startsWith("jvmpprof.test.");
  }

  private static String printable(String text) {
    StringBuilder printable = new StringBuilder();
    for (char c : text.substring(0, Math.min(text.length(), MAX_SHOWN_CHARS)).toCharArray()) {
      boolean breaksLines = Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
      printable.append(breaksLines ? String.format("\\u%04x", (int) c) : String.valueOf(c));
    }
    return text.length() > MAX_SHOWN_CHARS ? printable + "..." : printable.toString();
  }
}
