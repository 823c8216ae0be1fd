package org.jvmpprof.agent.store;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.log.AgentLog;

/**
 * Mends what an earlier process left behind when the power failed or the disk was full: cuts a torn
 * tail back to the last whole gzip member and deletes what never became a file. Leaves alone what
 * another process writes, and all that is not named as our files are.
 */
public final class SegmentRecovery {
  /** A process has at most the period that just ended and the current one unfinished. */
  private static final int NEWEST = 2;

  /** After this long what was written is on the disk, so that a power failure does not tear it. */
  private static final Duration WRITTEN_BACK = Duration.ofMinutes(1);

  /** Larger than any file of ours; recovery reads a file as a whole. */
  private static final long MAX_BYTES = 64 << 20;

  private final ProfileDirectory directory;
  private final AgentLog log;

  /** Prepares recovery of one directory. */
  public SegmentRecovery(ProfileDirectory directory, AgentLog log) {
    this.directory = directory;
    this.log = log;
  }

  /** Mends what can be mended; never throws, and says in one line each what it did. */
  public void run() {
    try {
      deleteUnfinished();
      for (Path file : newestOfEachProcess()) {
        mend(file);
      }
    } catch (IOException | RuntimeException e) {
      log.errorOnce("recovery", "cannot look for torn files in " + directory.path() + ": " + e);
    }
  }

  /**
   * Without those that the process which was started last has looked at: a directory of a program
   * that starts every minute has files of a thousand processes.
   */
  private List<Path> newestOfEachProcess() throws IOException {
    List<ProfileDirectory.Entry> entries = directory.entries();
    Instant looked = directory.lastStartOfAnother(entries).minus(WRITTEN_BACK);
    Map<String, Integer> seen = new HashMap<>();
    return Stream.iterate(entries.size() - 1, i -> i >= 0, i -> i - 1)
        .map(entries::get)
        .filter(e -> seen.merge(e.name().profile() + e.name().pid(), 1, Integer::sum) <= NEWEST)
        .map(ProfileDirectory.Entry::path)
        .filter(file -> !lastWritten(file).isBefore(looked))
        .toList();
  }

  private static Instant lastWritten(Path file) {
    return Instant.ofEpochMilli(file.toFile().lastModified());
  }

  private void deleteUnfinished() throws IOException {
    if (!Files.isDirectory(directory.path())) {
      return;
    }
    try (Stream<Path> files = Files.list(directory.path())) {
      for (Path file : files.filter(SegmentName::isUnfinished).toList()) {
        whenAbandoned(file, channel -> Files.deleteIfExists(file));
      }
    }
  }

  private void mend(Path file) throws IOException {
    whenAbandoned(file, channel -> cut(file, channel));
  }

  private void cut(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    if (size > MAX_BYTES) {
      return;
    }
    long whole = GzipMembers.wholeBytes(channel);
    if (whole == size && size > 0) {
      return;
    }
    if (whole > 0) {
      channel.truncate(whole);
      log.info("cut " + (size - whole) + " torn bytes off " + file);
    } else if (GzipMembers.beginsLikeOne(channel)) {
      Files.deleteIfExists(file);
      log.info("deleted " + file + ", which held no whole piece");
    }
  }

  private static void whenAbandoned(Path file, Action action) throws IOException {
    try (FileChannel channel = FileChannel.open(file, READ, WRITE);
        FileLock lock = tryLock(channel)) {
      if (lock != null) {
        action.run(channel);
      }
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private interface Action {
    void run(FileChannel channel) throws IOException;
  }
}
