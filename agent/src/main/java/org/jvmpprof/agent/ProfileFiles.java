package org.jvmpprof.agent;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jvmpprof.agent.options.AgentOptions;
import org.jvmpprof.agent.profile.ProfileSource;
import org.jvmpprof.agent.profile.ProfileType;
import org.jvmpprof.agent.store.ProfileDirectory;
import org.jvmpprof.agent.store.SegmentRecovery;
import org.jvmpprof.agent.store.SegmentWriter;
import org.jvmpprof.agent.store.SnapshotWriter;

/** The directory that profiles go to, and what is written there. */
final class ProfileFiles {
  private final Path dir;
  private final Surroundings around;
  private final ProfileDirectory directory;
  private final String application;
  private final Duration rotate;
  private final Supplier<List<String>> comments;
  private final List<SegmentWriter> segments = new ArrayList<>();
  private final List<SnapshotWriter> snapshots = new CopyOnWriteArrayList<>();

  ProfileFiles(
      Path dir,
      AgentOptions options,
      String application,
      Supplier<List<String>> comments,
      Surroundings around) {
    this.dir = dir;
    this.around = around;
    this.application = application;
    this.rotate = options.rotate();
    this.comments = comments;
    directory =
        new ProfileDirectory(
            dir, ProcessHandle.current().pid(), options.keep(), options.maxSizeBytes());
  }

  Path dir() {
    return dir;
  }

  /** Adds files of a profile's events; they come up to {@code lateness} after they happened. */
  SegmentWriter addEvents(ProfileType type, long period, Duration lateness) {
    SegmentWriter.Format format =
        new SegmentWriter.Format(type, period, application, rotate, lateness, comments);
    SegmentWriter writer = new SegmentWriter(directory, format, around.ticker(), around.log());
    segments.add(writer);
    return writer;
  }

  /** Adds files of a profile that is a state; at any time. */
  void addSnapshots(ProfileSource source) {
    SnapshotWriter.Format format = new SnapshotWriter.Format(application, rotate, comments);
    snapshots.add(new SnapshotWriter(directory, source, format, around.ticker(), around.log()));
  }

  /** Mends what an earlier process left behind. */
  void recover() {
    new SegmentRecovery(directory, around.log()).run();
  }

  void flush() {
    segments.forEach(SegmentWriter::flush);
    snapshots.forEach(SnapshotWriter::flush);
  }

  void close() {
    segments.forEach(SegmentWriter::close);
    snapshots.forEach(SnapshotWriter::close);
  }
}
