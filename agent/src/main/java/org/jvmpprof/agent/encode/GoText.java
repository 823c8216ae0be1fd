package org.jvmpprof.agent.encode;

import java.util.stream.Collectors;
import org.jvmpprof.agent.profile.Label;
import org.jvmpprof.agent.profile.Labels;

/** How Go prints values. */
final class GoText {
  private static final String ESCAPED = "\u0007\b\f\n\r\t\u000b\\\"";
  private static final String ESCAPES = "abfnrtv\\\"";

  private GoText() {}

  /** Text labels, e.g. {@code {"k":"v", "k2":"v2"}}; nothing when there are none. */
  static String labels(Labels labels) {
    String pairs =
        labels.list().stream()
            .filter(label -> !label.text().isEmpty())
            .map(GoText::pair)
            .sorted()
            .collect(Collectors.joining(", "));
    return pairs.isEmpty() ? "" : "{" + pairs + "}";
  }

  private static String pair(Label label) {
    return quoted(label.key()) + ':' + quoted(label.text());
  }

  /** A string as {@code %q} prints it ({@code strconv.Quote}). */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(c -> append(quoted, c));
    return quoted.append('"').toString();
  }

  private static void append(StringBuilder quoted, int c) {
    int escape = ESCAPED.indexOf(c);
    if (escape >= 0) {
      quoted.append('\\').append(ESCAPES.charAt(escape));
    } else if (isPrintable(c)) {
      quoted.appendCodePoint(c);
    } else if (c < 0x80) {
      quoted.append("\\x%02x".formatted(c));
    } else {
      quoted.append((c < 0x10000 ? "\\u%04x" : "\\U%08x").formatted(c));
    }
  }

  /** As {@code unicode.IsPrint}: letters, marks, numbers, punctuation, symbols, the ASCII space. */
  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
