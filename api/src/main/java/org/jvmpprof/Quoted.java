package org.jvmpprof;

/** Text in Go's double quotes ({@code %q}). */
final class Quoted {
  private Quoted() {}

  static String of(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(character -> append(quoted, character));
    return quoted.append('"').toString();
  }

  private static void append(StringBuilder quoted, int character) {
    switch (character) {
      case '"' -> quoted.append("\\\"");
      case '\\' -> quoted.append("\\\\");
      case '\n' -> quoted.append("\\n");
      case '\r' -> quoted.append("\\r");
      case '\t' -> quoted.append("\\t");
      default -> {
        if (character < ' ' || character == 0x7f) {
          quoted.append("\\x%02x".formatted(character));
        } else {
          quoted.appendCodePoint(character);
        }
      }
    }
  }
}
