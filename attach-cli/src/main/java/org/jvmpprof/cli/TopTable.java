package org.jvmpprof.cli;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jvmpprof.proto.Function;
import org.jvmpprof.proto.Line;
import org.jvmpprof.proto.Location;
import org.jvmpprof.proto.Profile;
import org.jvmpprof.proto.Sample;

/** What each function has of a profile's total, as {@code go tool pprof -top} counts it. */
final class TopTable {
  /**
   * One function.
   *
   * @param flat what was measured in the function itself
   * @param cumulative what was measured in it and in all that it called
   */
  record Row(String function, long flat, long cumulative) {}

  private final Map<String, Long> flat = new HashMap<>();
  private final Map<String, Long> cumulative = new HashMap<>();
  private final String ignoredLabel;
  private long total;

  /**
   * Begins an empty table.
   *
   * @param ignoredLabel samples that have a label of this key are left out; empty for none
   */
  TopTable(String ignoredLabel) {
    this.ignoredLabel = ignoredLabel;
  }

  /** Adds a profile's samples, by the last of their values. */
  void add(Profile profile) {
    Map<Long, Location> locations = new HashMap<>();
    profile.getLocationList().forEach(location -> locations.put(location.getId(), location));
    Map<Long, String> names = new HashMap<>();
    for (Function function : profile.getFunctionList()) {
      names.put(function.getId(), profile.getStringTable((int) function.getName()));
    }
    for (Sample sample : profile.getSampleList()) {
      if (!isIgnored(profile, sample)) {
        add(sample, locations, names);
      }
    }
  }

  /** The sum of all samples. */
  long total() {
    return total;
  }

  /** The largest rows first, by their flat or cumulative value. */
  List<Row> rows(boolean byCumulative) {
    Comparator<Row> order =
        byCumulative
            ? Comparator.comparingLong(Row::cumulative).thenComparing(Row::flat)
            : Comparator.comparingLong(Row::flat).thenComparing(Row::cumulative);
    return cumulative.entrySet().stream()
        .map(e -> new Row(e.getKey(), flat.getOrDefault(e.getKey(), 0L), e.getValue()))
        .sorted(order.reversed().thenComparing(Row::function))
        .toList();
  }

  private boolean isIgnored(Profile profile, Sample sample) {
    return !ignoredLabel.isEmpty()
        && sample.getLabelList().stream()
            .anyMatch(label -> profile.getStringTable((int) label.getKey()).equals(ignoredLabel));
  }

  private void add(Sample sample, Map<Long, Location> locations, Map<Long, String> names) {
    long value = sample.getValue(sample.getValueCount() - 1);
    total += value;
    Set<String> counted = new HashSet<>();
    for (long id : sample.getLocationIdList()) {
      for (Line line : locations.getOrDefault(id, Location.getDefaultInstance()).getLineList()) {
        String function = names.getOrDefault(line.getFunctionId(), "?");
        if (counted.isEmpty()) {
          flat.merge(function, value, Long::sum);
        }
        // A recursive function counts once.
        if (counted.add(function)) {
          cumulative.merge(function, value, Long::sum);
        }
      }
    }
  }
}
