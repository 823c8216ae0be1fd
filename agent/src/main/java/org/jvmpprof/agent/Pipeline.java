package org.jvmpprof.agent;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.drain.Drainer;
import org.jvmpprof.agent.event.Event;
import org.jvmpprof.agent.event.EventBuffer;
import org.jvmpprof.agent.options.AgentOptions;
import org.jvmpprof.agent.profile.Cumulative;
import org.jvmpprof.agent.profile.ProfileRegistry;
import org.jvmpprof.agent.profile.ProfileSource;
import org.jvmpprof.agent.profile.ProfileType;
import org.jvmpprof.agent.profile.Sample;
import org.jvmpprof.agent.stack.Stack;
import org.jvmpprof.agent.stack.StackHolder;
import org.jvmpprof.agent.stack.StackTable;
import org.jvmpprof.agent.store.SegmentWriter;

/**
 * The way of all samples: from the sources through the drainer to files, sums and collections. The
 * sources are added first, then it starts; states may be added at any time.
 */
final class Pipeline {
  /** Bounds of the stack table; tests make it smaller. */
  private static final int MAX_STACKS = Integer.getInteger("jvmpprof.test.maxStacks", 50_000);

  private static final int MAX_LOCATIONS = 2 * MAX_STACKS;

  private static final long EXIT_PATIENCE_MILLIS = 500;

  /** The drainer is in the middle of a round, or waits for its disk. */
  private static final Duration DRAIN_PATIENCE = Duration.ofMillis(300);

  private final Surroundings around;
  private final LabelsOfThreads labels;
  private final @Nullable ProfileFiles files;
  private final StackTable stacks = new StackTable(MAX_STACKS, MAX_LOCATIONS);
  private final Samples samples = new Samples(stacks);
  private final ProfileRegistry profiles = new ProfileRegistry();
  private final List<Runnable> sources = new ArrayList<>();
  private final List<EventBuffer> buffers = new ArrayList<>();
  private @Nullable Drainer drainer;
  private @Nullable Thread thread;

  /**
   * Prepares everything; nothing is written yet.
   *
   * @param application the name that viewers show after {@code File:}
   * @param comments free text for files, as of now
   * @param labels what reads labels from stacks
   */
  Pipeline(
      AgentOptions options,
      String application,
      Supplier<List<String>> comments,
      LabelsOfThreads labels,
      Surroundings around) {
    this.around = around;
    this.labels = labels;
    Path dir = options.dir();
    files = dir == null ? null : new ProfileFiles(dir, options, application, comments, around);
  }

  /** Where profiles go. */
  Optional<Path> directory() {
    return Optional.ofNullable(files).map(ProfileFiles::dir);
  }

  StackTable stacks() {
    return stacks;
  }

  /** What can be taken by name. */
  ProfileRegistry profiles() {
    return profiles;
  }

  /** Asks a source at the start of each round to hand over what it has. */
  void addSource(Runnable poll) {
    sources.add(poll);
  }

  /** Takes events from a buffer. */
  void addBuffer(EventBuffer buffer) {
    buffers.add(buffer);
  }

  /** Writes files of a profile's events, which come up to {@code lateness} after they happened. */
  void addFiles(ProfileType type, long period, Duration lateness) {
    if (files != null) {
      SegmentWriter writer = files.addEvents(type, period, lateness);
      samples.send(type, writer, writer::add);
    }
  }

  /** Makes the sum of a profile's events since the start available by name. */
  void addSums(ProfileType type) {
    Cumulative sums = new Cumulative(type, around.ticker()::epochNanos);
    profiles.add(sums);
    samples.send(type, sums, sums::add);
  }

  /** Sends a profile's events to somebody else, too. */
  <T extends StackHolder> void send(ProfileType type, T holder, Consumer<Sample> to) {
    samples.send(type, holder, to);
  }

  /** Keeps the stacks of somebody who gets them elsewhere. */
  void keep(StackHolder holder) {
    samples.keep(holder);
  }

  /** Makes a profile that is a state available by name, and writes it once per period. */
  void addState(ProfileSource source) {
    profiles.add(source);
    if (files != null) {
      files.addSnapshots(source);
    }
  }

  /** Begins, on a thread of its own. */
  void start() {
    if (files != null) {
      samples.atEndOfRound(files::flush);
    }
    Drainer started = new Drainer(sources, buffers, this::interned, samples, around.log());
    drainer = started;
    thread =
        around
            .threads()
            .start(
                "drain",
                () -> {
                  if (files != null) {
                    files.recover();
                  }
                  started.run();
                });
  }

  private Sample interned(Event arrived) {
    Event event = labels.labelled(arrived);
    Stack stack = stacks.intern(event.frames());
    return new Sample(event.epochNanos(), stack, event.labels(), event.count(), event.amount());
  }

  /** Waits, not for long, until what has happened before is where it goes. */
  void awaitEvents() throws InterruptedException {
    if (drainer != null) {
      drainer.drainNow(DRAIN_PATIENCE);
    }
  }

  /** Ends, with everything that has been handed over in the files. */
  void stop() throws InterruptedException {
    if (drainer == null || thread == null) {
      return;
    }
    drainer.stop();
    thread.join(EXIT_PATIENCE_MILLIS);
    // A writer that is stuck in the file system keeps its files; they are valid as they are.
    if (files != null && !thread.isAlive()) {
      files.close();
    }
  }
}
