package org.jvmpprof.agent.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.profile.ProfileType;

/** The directory that profiles go to. It may be shared with other processes and other files. */
public final class ProfileDirectory {
  private static final String TROUBLE = "store";

  private final Path dir;
  private final long pid;
  private final Duration keep;
  private final long maxSizeBytes;

  /**
   * Names a directory; nothing is touched yet.
   *
   * @param dir the directory; made when the first file is
   * @param pid the process that writes
   * @param keep files whose period began longer ago are deleted
   * @param maxSizeBytes when all files together take more, the oldest are deleted
   */
  public ProfileDirectory(Path dir, long pid, Duration keep, long maxSizeBytes) {
    this.dir = dir;
    this.pid = pid;
    this.keep = keep;
    this.maxSizeBytes = maxSizeBytes;
  }

  /** Where it is. */
  public Path path() {
    return dir;
  }

  /** Says, in one line for all that is written here, that it cannot be. */
  void failed(IOException e, AgentLog log) {
    log.errorOnce(TROUBLE, "cannot write to dir=" + dir + ", will try again: " + e);
  }

  /** Says that it can be written again, if that was said. */
  void works(AgentLog log) {
    if (log.over(TROUBLE)) {
      log.info("writes to dir=" + dir + " again");
    }
  }

  /** The file for a period that begins now; a name that is taken is not used again. */
  SegmentFile newFile(ProfileType type, long startEpochNanos) {
    Instant start = Instant.ofEpochSecond(0, startEpochNanos);
    Path path;
    do {
      path = dir.resolve(new SegmentName(type.name(), start, pid).fileName());
      start = start.plusMillis(1);
    } while (Files.exists(path));
    return new SegmentFile(path);
  }

  /**
   * Deletes what is too old or too much, oldest first; only files of our own naming.
   *
   * @param open files that are being written and stay
   */
  void prune(Instant now, List<Path> open) throws IOException {
    List<Entry> entries = entries();
    long size = 0;
    for (Entry entry : entries) {
      size += entry.sizeBytes;
    }
    for (Entry entry : entries) {
      boolean tooOld = entry.name.start().isBefore(now.minus(keep));
      if ((tooOld || size > maxSizeBytes) && !open.contains(entry.path)) {
        Files.deleteIfExists(entry.path);
        size -= entry.sizeBytes;
      }
    }
  }

  /** The profile files that are there, oldest first. */
  List<Entry> entries() throws IOException {
    List<Entry> entries = new ArrayList<>();
    if (!Files.isDirectory(dir)) {
      return entries;
    }
    try (Stream<Path> files = Files.list(dir)) {
      files.forEach(file -> entry(file).ifPresent(entries::add));
    }
    entries.sort(Comparator.comparing(entry -> entry.name().start()));
    return entries;
  }

  /**
   * When the last of the other processes began to write here.
   *
   * @param entries all of them, oldest first
   * @return {@link Instant#EPOCH} when there is no other
   */
  Instant lastStartOfAnother(List<Entry> entries) {
    Map<Long, Instant> starts = new HashMap<>();
    for (Entry entry : entries) {
      starts.putIfAbsent(entry.name.pid(), entry.name.start());
    }
    starts.remove(pid);
    return starts.values().stream().max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
  }

  private static Optional<Entry> entry(Path file) {
    return SegmentName.of(file)
        .filter(name -> Files.isRegularFile(file))
        .map(name -> new Entry(file, name, file.toFile().length()));
  }

  record Entry(Path path, SegmentName name, long sizeBytes) {}
}
