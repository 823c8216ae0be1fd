package org.jvmpprof.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jvmpprof.it.CpuProfile.Stack;
import org.jvmpprof.proto.Profile;
import org.jvmpprof.proto.Sample;

/**
 * What the block or the mutex profiles of a directory say together.
 *
 * @param rows one per sample, in no order
 * @param files where they come from
 */
record ContentionProfile(List<Row> rows, List<ProfileFile> files) {

  /** A sample. */
  record Row(Stack stack, long contentions, long delayNanos) {}

  static ContentionProfile block(Path directory) {
    return in(directory, "block");
  }

  static ContentionProfile mutex(Path directory) {
    return in(directory, "mutex");
  }

  /** Only the rows in whose stack some function's name matches. */
  ContentionProfile under(String functionRegex) {
    return only(stack -> stack.has(CpuProfile.named(functionRegex)));
  }

  /** Only the rows whose leaf's name matches. */
  ContentionProfile endingIn(String functionRegex) {
    return only(stack -> stack.endsIn(CpuProfile.named(functionRegex)));
  }

  long contentions() {
    return rows.stream().mapToLong(Row::contentions).sum();
  }

  long delayNanos() {
    return rows.stream().mapToLong(Row::delayNanos).sum();
  }

  /** The names of the leaves. */
  List<String> leaves() {
    return rows.stream().map(row -> row.stack().frames().get(0).function()).distinct().toList();
  }

  private ContentionProfile only(Predicate<Stack> which) {
    return new ContentionProfile(
        rows.stream().filter(row -> which.test(row.stack())).toList(), files);
  }

  private static ContentionProfile in(Path directory, String name) {
    List<Row> rows = new ArrayList<>();
    List<ProfileFile> files = new ArrayList<>();
    try {
      for (Path path : paths(directory, name)) {
        ProfileFile file = ProfileFile.read(path);
        files.add(file);
        rows.addAll(rows(file.profile()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ContentionProfile(List.copyOf(rows), List.copyOf(files));
  }

  private static List<Path> paths(Path directory, String name) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().matches(name + "-.*\\.pb\\.gz"))
          .sorted()
          .toList();
    }
  }

  private static List<Row> rows(Profile profile) {
    List<Row> rows = new ArrayList<>();
    for (Sample sample : profile.getSampleList()) {
      rows.add(new Row(CpuProfile.stack(profile, sample), sample.getValue(0), sample.getValue(1)));
    }
    return rows;
  }
}
