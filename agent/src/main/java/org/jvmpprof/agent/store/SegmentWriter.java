package org.jvmpprof.agent.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jvmpprof.agent.encode.ProfileHeader;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.profile.ProfileType;
import org.jvmpprof.agent.profile.Sample;
import org.jvmpprof.agent.stack.Stack;
import org.jvmpprof.agent.stack.StackHolder;
import org.jvmpprof.agent.time.Ticker;

/**
 * Writes one profile's events to a file per period. An event belongs to the period in which it
 * happened, so a period that is over stays open for as long as its events may still arrive. Used by
 * the drainer's thread only. Trouble with the disk costs one log line, and what could not be
 * written is kept until it can.
 */
public final class SegmentWriter implements StackHolder {
  /** Periods kept while the disk takes nothing; the rows of older ones move to the next. */
  private static final int MAX_OPEN = 3;

  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ProfileDirectory directory;
  private final Format format;
  private final Ticker ticker;
  private final AgentLog log;
  private final Deque<Segment> open = new ArrayDeque<>();
  private long retryAtEpochNanos;

  /**
   * What all files of one profile have in common.
   *
   * @param type the profile
   * @param period its period, in units of its period type
   * @param application the name that viewers show after {@code File:}
   * @param rotate the span of one file
   * @param grace how late an event may arrive
   * @param comments free text, as of now
   */
  public record Format(
      ProfileType type,
      long period,
      String application,
      Duration rotate,
      Duration grace,
      Supplier<List<String>> comments) {}

  /** Makes a writer; the first file appears with the first {@link #flush}. */
  public SegmentWriter(ProfileDirectory directory, Format format, Ticker ticker, AgentLog log) {
    this.directory = directory;
    this.format = format;
    this.ticker = ticker;
    this.log = log;
    begin(ticker.epochNanos());
  }

  /** Adds one event to the period in which it happened. */
  public void add(Sample sample) {
    Segment segment = open.getFirst();
    for (Segment later : open) {
      if (later.startEpochNanos() <= sample.epochNanos()) {
        segment = later;
      }
    }
    segment.add(sample.stack(), sample.labels(), sample.count(), sample.amount());
  }

  /** The stacks of all periods that are still open. */
  @Override
  public void forEachStack(Consumer<Stack> consumer) {
    open.forEach(segment -> segment.forEachStack(consumer));
  }

  /** Appends what is new to the files, and begins and ends periods when their time has come. */
  public void flush() {
    long now = ticker.epochNanos();
    if (now >= open.getLast().endEpochNanos()) {
      begin(now - (now - open.getLast().endEpochNanos()) % format.rotate().toNanos());
    }
    if (now < retryAtEpochNanos) {
      return;
    }
    open.forEach(segment -> attempt(now, () -> segment.flush(now, comments())));
    Segment first = open.getFirst();
    if (open.size() > 1 && now >= first.endEpochNanos() + format.grace().toNanos()) {
      end(first, now);
    }
  }

  /** Finishes all that is open, for good. */
  public void close() {
    long now = ticker.epochNanos();
    open.forEach(segment -> attempt(now, () -> segment.finish(now, comments())));
  }

  private void begin(long startEpochNanos) {
    ProfileHeader header =
        new ProfileHeader(format.type(), format.period(), startEpochNanos, format.application());
    SegmentFile file = directory.newFile(format.type(), startEpochNanos);
    open.add(new Segment(header, startEpochNanos + format.rotate().toNanos(), file));
  }

  private void end(Segment first, long now) {
    boolean finished = attempt(now, () -> first.finish(now, comments()));
    if (!finished && open.size() <= MAX_OPEN) {
      return;
    }
    open.removeFirst();
    open.getFirst().addUnwrittenOf(first);
    if (finished) {
      List<Path> writing = open.stream().map(segment -> segment.file().path()).toList();
      attempt(now, () -> directory.prune(Instant.ofEpochSecond(0, now), writing));
    }
  }

  private List<String> comments() {
    return format.comments().get();
  }

  private boolean attempt(long now, Step step) {
    try {
      step.run();
      directory.works(log);
      return true;
    } catch (IOException e) {
      retryAtEpochNanos = now + RETRY_NANOS;
      directory.failed(e, log);
      return false;
    }
  }

  private interface Step {
    void run() throws IOException;
  }
}
