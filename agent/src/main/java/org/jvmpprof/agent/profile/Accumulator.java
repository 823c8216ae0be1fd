package org.jvmpprof.agent.profile;

import java.util.ArrayList;
import java.util.List;
import org.jvmpprof.agent.stack.Stack;
import org.jvmpprof.agent.stack.Table;

/**
 * Sums the events of one profile, a row per distinct stack. Bounded by the number of stacks there
 * are. Used by the drainer's thread only.
 */
public final class Accumulator {
  private final Table<Stack, Sum> sums = new Table<>();

  /** Adds an event's values to its stack's row. */
  public void add(Stack stack, long count, long amount) {
    Sum sum = sums.get(stack);
    if (sum == null) {
      sum = new Sum();
      sums.put(stack, sum);
    }
    sum.count += count;
    sum.amount += amount;
  }

  /** Whether nothing was added since the start or the last {@link #clear}. */
  public boolean isEmpty() {
    return sums.size() == 0;
  }

  /** Forgets everything. */
  public void clear() {
    sums.clear();
  }

  /** Whether there is a row for this stack. */
  public boolean contains(Stack stack) {
    return sums.get(stack) != null;
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
