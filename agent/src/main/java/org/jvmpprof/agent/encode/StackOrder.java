package org.jvmpprof.agent.encode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Puts stacks that share most of their places next to each other: their rows compress faster and to
 * less. They are sorted when many are new; else each has its place.
 */
final class StackOrder {
  private static final int FEW = 64;
  private static final Comparator<EncodedStack> FROM_ROOT =
      Comparator.comparing(encoded -> encoded.stack);

  private final List<EncodedStack> known = new ArrayList<>();
  private int sorted;

  /** The indices of these rows, of which some may have the same stack, in their order. */
  int[] of(EncodedRow[] rows) {
    for (EncodedRow row : rows) {
      EncodedStack stack = row.stack;
      if (stack.place == EncodedStack.NEW) {
        stack.place = known.size();
        known.add(stack);
      }
    }
    if (known.size() > FEW + sorted + sorted / 4) {
      sort();
    }
    return distribute(rows);
  }

  private void sort() {
    known.sort(FROM_ROOT);
    sorted = known.size();
    for (int i = 0; i < sorted; i++) {
      known.get(i).place = i;
    }
  }

  private int[] distribute(EncodedRow[] rows) {
    int[] ends = new int[known.size()];
    for (EncodedRow row : rows) {
      ends[row.stack.place]++;
    }
    for (int i = 1; i < ends.length; i++) {
      ends[i] += ends[i - 1];
    }
    int[] order = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      order[--ends[rows[i].stack.place]] = i;
    }
    return order;
  }
}
