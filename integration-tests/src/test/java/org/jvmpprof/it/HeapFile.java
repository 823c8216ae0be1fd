package org.jvmpprof.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jvmpprof.proto.Line;
import org.jvmpprof.proto.Profile;
import org.jvmpprof.proto.Sample;

/**
 * A heap profile that the agent has written.
 *
 * @param path where it is
 * @param rows its samples
 */
record HeapFile(Path path, List<Row> rows) {
  /**
   * One sample.
   *
   * @param frames functions with their lines, leaf first, e.g. {@code a.B.c:7}
   * @param labels the keys of its labels
   */
  record Row(
      List<String> frames,
      List<String> labels,
      long allocObjects,
      long allocBytes,
      long inUseObjects,
      long inUseBytes) {
    boolean hasFrame(String function) {
      return frames.stream().anyMatch(frame -> frame.startsWith(function + ":"));
    }
  }

  /** Those in a directory, oldest first. */
  static List<HeapFile> in(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().matches("heap-.*\\.pb\\.gz"))
          .sorted()
          .map(HeapFile::read)
          .toList();
    }
  }

  /** Bytes allocated in rows that have the function. */
  long allocBytes(String function) {
    return matching(function).mapToLong(Row::allocBytes).sum();
  }

  /** Bytes in use from rows that have the function. */
  long inUseBytes(String function) {
    return matching(function).mapToLong(Row::inUseBytes).sum();
  }

  private Stream<Row> matching(String function) {
    return rows.stream().filter(row -> row.hasFrame(function));
  }

  /** Reads one. */
  static HeapFile read(Path path) {
    try {
      Profile profile = ProfileFile.read(path).profile();
      return new HeapFile(
          path, profile.getSampleList().stream().map(sample -> row(profile, sample)).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row row(Profile profile, Sample sample) {
    List<String> frames = new ArrayList<>();
    for (long id : sample.getLocationIdList()) {
      Line line = profile.getLocation((int) id - 1).getLine(0);
      long name = profile.getFunction((int) line.getFunctionId() - 1).getName();
      frames.add(profile.getStringTable((int) name) + ':' + line.getLine());
    }
    return new Row(
        frames,
        sample.getLabelList().stream()
            .map(label -> profile.getStringTable((int) label.getKey()))
            .toList(),
        sample.getValue(0),
        sample.getValue(1),
        sample.getValue(2),
        sample.getValue(3));
  }
}
