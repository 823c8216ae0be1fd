package org.jvmpprof.agent.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jvmpprof.agent.stack.Stack;
import org.jvmpprof.agent.stack.Table;

/**
 * Sums the events of one profile, a row per distinct stack and labels. In bounded memory: once
 * there are many rows, new ones lose their labels, and there are only so many stacks. Not
 * thread-safe.
 */
public final class Accumulator {
  private static final int MAX_LABELLED_ROWS = 50_000;

  private final Table<Key, Sum> sums = new Table<>();

  /** Adds an event's values to its row. */
  public void add(Stack stack, Labels labels, long count, long amount) {
    Key key = new Key(stack, labels);
    Sum sum = sums.get(key);
    if (sum == null && sums.size() >= MAX_LABELLED_ROWS) {
      key = new Key(stack, Labels.NONE);
      sum = sums.get(key);
    }
    if (sum == null) {
      sum = new Sum();
      sums.put(key, sum);
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

  /** Gives the stack of each row to the consumer; the same stack may come more than once. */
  public void forEachStack(Consumer<Stack> consumer) {
    sums.forEach((key, sum) -> consumer.accept(key.stack));
  }

  /** The rows as of now; no two have the same stack and labels. */
  public List<Row> rows() {
    List<Row> rows = new ArrayList<>(sums.size());
    sums.forEach(
        (key, sum) -> rows.add(new Row(key.stack, key.labels, List.of(sum.count, sum.amount))));
    return rows;
  }

  private static final class Key {
    final Stack stack;
    final Labels labels;

    Key(Stack stack, Labels labels) {
      this.stack = stack;
      this.labels = labels;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && stack.equals(key.stack) && labels.equals(key.labels);
    }

    @Override
    public int hashCode() {
      return 31 * stack.hashCode() + labels.hashCode();
    }
  }

  private static final class Sum {
    long count;
    long amount;
  }
}
