package org.jvmpprof.agent.profile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jvmpprof.agent.stack.Stack;

/**
 * Sums the events of one profile, a row per distinct stack. Bounded by the number of stacks there
 * are. Used by the drainer's thread only.
 */
public final class Accumulator {
  private final Map<Stack, Sum> sums = new HashMap<>();

  /** Adds an event's values to its stack's row. */
  public void add(Stack stack, long count, long amount) {
    Sum sum = sums.computeIfAbsent(stack, s -> new Sum());
    sum.count += count;
    sum.amount += amount;
  }

  /** Whether nothing was added since the start or the last {@link #clear}. */
  public boolean isEmpty() {
    return sums.isEmpty();
  }

  /** Forgets everything. */
  public void clear() {
    sums.clear();
  }

  /** Whether there is a row for this stack. */
  public boolean contains(Stack stack) {
    return sums.containsKey(stack);
  }

  /** The rows as of now; no two have the same stack. */
  public List<Row> rows() {
    List<Row> rows = new ArrayList<>(sums.size());
    sums.forEach((stack, sum) -> rows.add(new Row(stack, List.of(sum.count, sum.amount))));
    return rows;
  }

  private static final class Sum {
    long count;
    long amount;
  }
}
