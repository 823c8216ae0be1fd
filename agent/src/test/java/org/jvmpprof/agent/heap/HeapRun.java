package org.jvmpprof.agent.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Predicate;

/** What a {@link org.jvmpprof.programs.HeapProgram} printed. */
record HeapRun(List<String> lines) {
  /** One printed row, or the sum of several. */
  record Values(long allocObjects, long allocBytes, long inUseObjects, long inUseBytes) {
    @Override
    public String toString() {
      // As in Go's text form.
      return inUseObjects + ": " + inUseBytes + " [" + allocObjects + ": " + allocBytes + "]";
    }

    private Values plus(Values other) {
      return new Values(
          allocObjects + other.allocObjects,
          allocBytes + other.allocBytes,
          inUseObjects + other.inUseObjects,
          inUseBytes + other.inUseBytes);
    }
  }

  /** The sum of a site's rows in a phase. */
  Values site(String phase, String site) {
    return site(phase, site, row -> true);
  }

  /** The sum of those of a site's rows in a phase that match. */
  Values site(String phase, String site, Predicate<String> matching) {
    return rows(phase, site).stream()
        .filter(matching)
        .map(HeapRun::values)
        .reduce(new Values(0, 0, 0, 0), Values::plus);
  }

  /** A site's rows in a phase, as printed. */
  List<String> rows(String phase, String site) {
    String prefix = "row " + phase + " " + site + " ";
    return lines.stream().filter(line -> line.startsWith(prefix)).toList();
  }

  /** The value of a {@code key=value} line. */
  String text(String key) {
    List<String> found = lines.stream().filter(line -> line.startsWith(key + "=")).toList();
    assertThat(found).as("%s in %s", key, lines).hasSize(1);
    return found.get(0).substring(key.length() + 1);
  }

  private static Values values(String row) {
    String[] numbers = row.split(" ", -1)[5].split(":", -1);
    return new Values(
        Long.parseLong(numbers[0]),
        Long.parseLong(numbers[1]),
        Long.parseLong(numbers[2]),
        Long.parseLong(numbers[3]));
  }
}
