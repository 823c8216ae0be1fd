package org.jvmpprof.agent.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jvmpprof.agent.stack.Stack;

/**
 * The difference of two snapshots of one profile, as net/http/pprof makes it for {@code seconds}.
 */
public final class Delta {
  private Delta() {}

  /**
   * What came and went between two moments. Values of profiles that are not cumulative can be
   * negative; rows without a difference are left out.
   *
   * @param before the earlier snapshot
   * @param after the later one, whose time the result has
   */
  public static Snapshot between(Snapshot before, Snapshot after) {
    Map<Key, List<Long>> rows = new LinkedHashMap<>();
    after.rows().forEach(row -> rows.put(new Key(row.stack(), row.labels()), row.values()));
    for (Row row : before.rows()) {
      rows.merge(new Key(row.stack(), row.labels()), negative(row.values()), Delta::sum);
    }
    List<Row> changed = new ArrayList<>();
    rows.forEach(
        (key, values) -> {
          if (values.stream().anyMatch(value -> value != 0)) {
            changed.add(new Row(key.stack(), key.labels(), values));
          }
        });
    long durationNanos = after.epochNanos() - before.epochNanos();
    return new Snapshot(after.type(), after.period(), after.epochNanos(), durationNanos, changed);
  }

  private static List<Long> negative(List<Long> values) {
    return values.stream().map(value -> -value).toList();
  }

  private static List<Long> sum(List<Long> some, List<Long> others) {
    List<Long> sums = new ArrayList<>(some.size());
    for (int i = 0; i < some.size(); i++) {
      sums.add(some.get(i) + others.get(i));
    }
    return sums;
  }

  private record Key(Stack stack, Labels labels) {}
}
