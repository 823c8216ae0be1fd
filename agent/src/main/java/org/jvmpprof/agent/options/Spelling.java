package org.jvmpprof.agent.options;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Guesses which key a user meant. */
final class Spelling {
  private static final int MAX_KEY_CHARS = 20;

  private Spelling() {}

  /** The key nearest to {@code typed}; null if more than a third of it would have to change. */
  static @Nullable String nearest(String typed) {
    String nearest = null;
    int fewest = Math.min(2, typed.length() / 3) + 1;
    for (Option<?> option : OptionTable.ALL) {
      int changes = typed.length() > MAX_KEY_CHARS ? fewest : changes(typed, option.key());
      if (changes < fewest) {
        nearest = option.key();
        fewest = changes;
      }
    }
    return nearest;
  }

  /** Letters to insert, delete or replace, in any case (Levenshtein's distance, row by row). */
  private static int changes(String typed, String key) {
    String from = typed.toLowerCase(Locale.ROOT);
    int[] row = new int[key.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (from.charAt(i - 1) == key.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[key.length()];
  }
}
