package org.jvmpprof.accuracy;

import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Prints tables to standard output. */
final class Markdown {
  private Markdown() {}

  static void title(String title) {
    System.out.println("\n### " + title + "\n");
  }

  static void text(String text) {
    System.out.println("\n" + text);
  }

  /** Begins a table; all columns but the first are numbers. */
  static void head(List<String> cells) {
    row(cells);
    System.out.println("|---|" + String.join("", Collections.nCopies(cells.size() - 1, "---:|")));
  }

  static void row(List<String> cells) {
    System.out.println("| " + String.join(" | ", cells) + " |");
  }

  /** A share in per cent, or a difference of shares in points. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f", 100 * share);
  }

  static String code(String method) {
    return "`" + method + "`";
  }
}
