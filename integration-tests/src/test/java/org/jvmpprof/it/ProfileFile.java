package org.jvmpprof.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jvmpprof.proto.Profile;

/**
 * One file of the agent.
 *
 * @param path where it is
 * @param members its gzip members
 * @param profile what they say together
 */
record ProfileFile(Path path, GzipMembers members, Profile profile) {

  /** Reads a file; throws when it does not parse. */
  static ProfileFile read(Path path) throws IOException {
    try {
      GzipMembers members = GzipMembers.read(Files.readAllBytes(path));
      return new ProfileFile(path, members, Profile.parseFrom(members.joined()));
    } catch (IOException e) {
      throw new IOException(path + " does not parse: " + e.getMessage(), e);
    }
  }

  /** The CPU profiles in a directory, oldest first; none when there is no such directory yet. */
  static List<ProfileFile> in(Path directory) throws IOException {
    return paths(directory).stream().map(ProfileFile::readUnchecked).toList();
  }

  /** As {@link #in}, not read. */
  static List<Path> paths(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().matches("cpu-.*\\.pb\\.gz"))
          .sorted()
          .toList();
    }
  }

  private static ProfileFile readUnchecked(Path path) {
    try {
      return read(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
