package org.jvmpprof.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jvmpprof.proto.Profile;

/** Reads profile files, also while they are being written. */
final class ProfileReader {
  private static final String SUFFIX = ".pb.gz";

  /** Profiles that are a state: the latest is what counts, not their sum. */
  private static final Set<String> STATES = Set.of("heap", "goroutine", "threadcreate");

  private ProfileReader() {}

  /**
   * Reads files, and of directories all files of one kind, or the latest if they are states.
   *
   * @param paths files and directories
   * @param kind what the files of a directory begin with, e.g. {@code cpu}
   */
  static List<Profile> read(List<Path> paths, String kind) throws CommandFailedException {
    List<Profile> profiles = new ArrayList<>();
    for (Path path : paths) {
      List<Path> files = Files.isDirectory(path) ? filesIn(path, kind) : List.of(path);
      for (Path file : files) {
        profiles.add(parse(file));
      }
    }
    return profiles;
  }

  private static List<Path> filesIn(Path dir, String kind) throws CommandFailedException {
    try (Stream<Path> entries = Files.list(dir)) {
      List<Path> files =
          entries
              .filter(file -> file.getFileName().toString().startsWith(kind + "-"))
              .filter(file -> file.getFileName().toString().endsWith(SUFFIX))
              .sorted()
              .toList();
      if (files.isEmpty()) {
        throw new CommandFailedException(dir + ": no " + kind + "-*" + SUFFIX + " in it");
      }
      return STATES.contains(kind) ? files.subList(files.size() - 1, files.size()) : files;
    } catch (IOException e) {
      throw new CommandFailedException(dir + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static Profile parse(Path file) throws CommandFailedException {
    try (InputStream in =
        new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      return Profile.parseFrom(in);
    } catch (ZipException | EOFException | InvalidProtocolBufferException e) {
      throw new CommandFailedException(file + ": not a pprof profile: " + e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw new CommandFailedException(file + ": cannot be read: no such file", e);
    } catch (IOException e) {
      throw new CommandFailedException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
