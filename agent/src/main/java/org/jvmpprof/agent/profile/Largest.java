package org.jvmpprof.agent.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jvmpprof.agent.stack.Function;
import org.jvmpprof.agent.stack.Stack;

/**
 * Fewer rows for readers that drop a profile that is too large. All sums stay. For what covers a
 * span of time only: in a cumulative profile, a row that is there at one time and in the rest at
 * another would seem to come and go.
 */
public final class Largest {
  /** What stands for all rows that are not shown by themselves. */
  public static final Function REST = Function.named("jvmpprof.smallerRows");

  private static final long MAX_REST_BYTES = 256;

  private Largest() {}

  /**
   * The rows with the largest last values, which viewers show first, and one of the sums of all
   * others.
   *
   * @param maxRows how many rows the result has at most, with the last one
   * @param maxBytes what the rows take in profile.proto at most, before compression
   * @param rest the stack of {@link #REST}
   */
  public static Snapshot of(Snapshot all, int maxRows, long maxBytes, Stack rest) {
    if (all.rows().size() <= maxRows && fitting(all.rows(), maxBytes) == all.rows().size()) {
      return all;
    }
    int last = all.type().sampleTypes().size() - 1;
    List<Row> rows = new ArrayList<>(all.rows());
    rows.sort(Comparator.comparingLong((Row row) -> Math.abs(row.values().get(last))).reversed());
    int fitting = Math.min(fitting(rows, maxBytes - MAX_REST_BYTES), rows.size() - 1);
    List<Row> small = rows.subList(Math.min(maxRows - 1, fitting), rows.size());
    Row sum = new Row(rest, Labels.NONE, sums(small, last + 1));
    small.clear();
    rows.add(sum);
    return new Snapshot(all.type(), all.period(), all.epochNanos(), all.durationNanos(), rows);
  }

  /** How many of the rows, from the first on, fit in so many bytes. */
  private static int fitting(List<Row> rows, long maxBytes) {
    EncodedBytes bytes = new EncodedBytes();
    int fitting = 0;
    while (fitting < rows.size() && bytes.add(rows.get(fitting)) <= maxBytes) {
      fitting++;
    }
    return fitting;
  }

  private static List<Long> sums(List<Row> rows, int width) {
    List<Long> sums = new ArrayList<>(width);
    for (int i = 0; i < width; i++) {
      int value = i;
      sums.add(rows.stream().mapToLong(row -> row.values().get(value)).sum());
    }
    return sums;
  }
}
