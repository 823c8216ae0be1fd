package org.jvmpprof.agent.encode;

import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jvmpprof.agent.profile.ProfileType;
import org.jvmpprof.agent.profile.Row;
import org.jvmpprof.agent.profile.Snapshot;
import org.jvmpprof.agent.stack.Location;
import org.jvmpprof.agent.stack.Stack;

/**
 * Writes profiles as the text that Go's runtime/pprof writes for {@code debug=1} ({@code
 * printCountProfile}, {@code writeHeapInternal}, {@code printCountCycleProfile}). An address minus
 * the one of its function is the line, so that is what stands for Go's offset in the code.
 */
public final class TextEncoder {
  private final int mutexFraction;
  private final Supplier<List<String>> memoryStatistics;
  private final StringBuilder out = new StringBuilder();

  /**
   * Makes an encoder for one profile.
   *
   * @param mutexFraction one in so many contended releases is recorded, as of now
   * @param memoryStatistics the lines that end a heap profile
   */
  public TextEncoder(int mutexFraction, Supplier<List<String>> memoryStatistics) {
    this.mutexFraction = mutexFraction;
    this.memoryStatistics = memoryStatistics;
  }

  /** The text of a profile. */
  public String encode(Snapshot snapshot) {
    ProfileType type = snapshot.type();
    if (type.sampleTypes().size() == 1) {
      counts(snapshot);
    } else if (type.equals(ProfileType.HEAP) || type.equals(ProfileType.ALLOCS)) {
      memory(snapshot);
    } else {
      delays(snapshot);
    }
    return out.toString();
  }

  private void counts(Snapshot snapshot) {
    line(snapshot.type().name() + " profile: total " + sum(snapshot, 0));
    snapshot.rows().stream()
        .sorted(descending(0).thenComparing(TextEncoder::key))
        .forEach(row -> record(String.valueOf(row.values().get(0)), row));
  }

  /** The values of a heap profile are allocated objects and bytes, then those in use. */
  private void memory(Snapshot snapshot) {
    long inuseBytes = sum(snapshot, 3);
    long allocBytes = sum(snapshot, 1);
    // As in Go: readers take equal sums for a profile without allocations.
    List<Long> sums =
        List.of(
            sum(snapshot, 0),
            allocBytes == inuseBytes ? allocBytes + 1 : allocBytes,
            sum(snapshot, 2),
            inuseBytes);
    line("heap profile: " + objects(sums) + " @ heap/" + 2 * snapshot.period());
    snapshot.rows().stream()
        .sorted(Comparator.comparing(row -> row.values().get(3)))
        .forEach(row -> record(objects(row.values()), row));
    memoryStatistics.get().forEach(this::line);
  }

  private static String objects(List<Long> values) {
    return values.get(2) + ": " + values.get(3) + " [" + values.get(0) + ": " + values.get(1) + "]";
  }

  private void delays(Snapshot snapshot) {
    boolean mutex = snapshot.type().equals(ProfileType.MUTEX);
    line(mutex ? "--- mutex:" : "--- contention:");
    line("cycles/second=1000000000");
    if (mutex) {
      line("sampling period=" + mutexFraction);
    }
    snapshot.rows().stream()
        .sorted(descending(1))
        .forEach(row -> record(row.values().get(1) + " " + row.values().get(0), row));
  }

  private void record(String values, Row row) {
    line(values + ' ' + key(row));
    FrameLines.of(row.stack().locations()).forEach(this::line);
    line("");
  }

  private static String key(Row row) {
    String labels = GoText.labels(row.labels());
    return addresses(row.stack()) + (labels.isEmpty() ? "" : "\n# labels: " + labels);
  }

  private static String addresses(Stack stack) {
    StringBuilder text = new StringBuilder("@");
    for (Location place : stack.locations()) {
      text.append(" 0x").append(Long.toHexString(place.address()));
    }
    return text.toString();
  }

  private static Comparator<Row> descending(int value) {
    ToLongFunction<Row> of = row -> row.values().get(value);
    return Comparator.comparingLong(of).reversed();
  }

  private static long sum(Snapshot snapshot, int value) {
    return snapshot.rows().stream().mapToLong(row -> row.values().get(value)).sum();
  }

  private void line(String line) {
    out.append(line).append('\n');
  }
}
