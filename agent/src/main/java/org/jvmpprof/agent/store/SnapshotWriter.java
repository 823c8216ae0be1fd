package org.jvmpprof.agent.store;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jvmpprof.agent.encode.RepeatedProfile;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.profile.ProfileSource;
import org.jvmpprof.agent.profile.Snapshot;
import org.jvmpprof.agent.time.Ticker;

/**
 * Writes a profile that is a state rather than a sum of events: one file per period, taken at its
 * end, and one when the process ends. Used by the drainer's thread only. Trouble with the disk
 * costs one log line.
 */
public final class SnapshotWriter {
  private final ProfileDirectory directory;
  private final ProfileSource source;
  private final Format format;
  private final Ticker ticker;
  private final AgentLog log;
  private long nextEpochNanos;

  /**
   * What all files have in common.
   *
   * @param application the name that viewers show after {@code File:}
   * @param rotate the time between two files
   * @param comments free text, as of now
   */
  public record Format(String application, Duration rotate, Supplier<List<String>> comments) {}

  /** Makes a writer; the first file comes one period from now. */
  public SnapshotWriter(
      ProfileDirectory directory,
      ProfileSource source,
      Format format,
      Ticker ticker,
      AgentLog log) {
    this.directory = directory;
    this.source = source;
    this.format = format;
    this.ticker = ticker;
    this.log = log;
    nextEpochNanos = ticker.epochNanos() + format.rotate().toNanos();
  }

  /** Writes a file when its time has come. */
  public void flush() {
    long now = ticker.epochNanos();
    if (now >= nextEpochNanos) {
      long rotateNanos = format.rotate().toNanos();
      nextEpochNanos = now + rotateNanos - (now - nextEpochNanos) % rotateNanos;
      write(now);
    }
  }

  /** Writes the last file. */
  public void close() {
    write(ticker.epochNanos());
  }

  private void write(long now) {
    try {
      Snapshot snapshot = source.snapshot();
      SegmentFile file = directory.newFile(source.type(), now);
      file.replace(RepeatedProfile.once(snapshot, format.application(), format.comments().get()));
      file.close();
      directory.prune(Instant.ofEpochSecond(0, now), List.of(file.path()));
      directory.works(log);
    } catch (IOException e) {
      directory.failed(e, log);
    }
  }
}
