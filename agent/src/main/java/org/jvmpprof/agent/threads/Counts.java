package org.jvmpprof.agent.threads;

import java.util.ArrayList;
import java.util.List;
import org.jvmpprof.agent.profile.Accumulator;
import org.jvmpprof.agent.profile.Labels;
import org.jvmpprof.agent.profile.ProfileType;
import org.jvmpprof.agent.profile.Row;
import org.jvmpprof.agent.profile.Snapshot;
import org.jvmpprof.agent.stack.Stack;

/** Threads, counted by stack and labels. */
final class Counts {
  /** Each row is one of as many things as it counts. */
  private static final long PERIOD = 1;

  private final Accumulator sums = new Accumulator();

  void add(Stack stack, Labels labels, long threads) {
    sums.add(stack, labels, threads, 0);
  }

  Snapshot snapshot(ProfileType type, long epochNanos) {
    List<Row> rows = new ArrayList<>();
    for (Row row : sums.rows()) {
      rows.add(new Row(row.stack(), row.labels(), row.values().subList(0, 1)));
    }
    return new Snapshot(type, PERIOD, epochNanos, 0, rows);
  }
}
