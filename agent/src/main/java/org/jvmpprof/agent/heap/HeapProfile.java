package org.jvmpprof.agent.heap;

import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.profile.ProfileSource;
import org.jvmpprof.agent.profile.ProfileType;
import org.jvmpprof.agent.profile.RecordedSource;
import org.jvmpprof.agent.profile.Row;
import org.jvmpprof.agent.profile.Snapshot;
import org.jvmpprof.agent.stack.Stack;
import org.jvmpprof.agent.stack.StackHolder;
import org.jvmpprof.agent.stack.StackTable;
import org.jvmpprof.agent.time.Ticker;

/**
 * Go's heap and allocs profiles: allocations sampled by bytes, and which of the sampled objects the
 * garbage collector has not freed. What was allocated is up to date; what is in use is as of the
 * last collection, and an object counts only once it has survived one (Go's three-stage {@code
 * memRecord}), unless there has been none at all.
 *
 * <p>Thread-safe. Never called in a thread of the application, unless it asks for a profile.
 */
public final class HeapProfile implements StackHolder {
  /** Sampled objects to follow; {@link LiveSamples} says what one takes. */
  private static final int MAX_LIVE = 1_000_000;

  private static final int MAX_SITES = 100_000;

  /** The JVM keeps the mean in an int. */
  private static final long MAX_MEAN_BYTES = Integer.MAX_VALUE;

  /** JVMTI_ERROR_NOT_AVAILABLE. */
  private static final int NOT_AVAILABLE = 98;

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int STOP_PAUSES = 1000;

  /** What the profile needs of the JVM; tests put something else in its place. */
  interface Jvm {
    AllocationSampler sampler() throws HeapUnavailableException;

    Rounds rounds();
  }

  private final Jvm jvm;
  private final StackTable stacks;
  private final AgentThreads agentThreads;
  private final Ticker ticker;
  private final AgentLog log;
  private final LiveLimit limit;
  private final SamplePace pace = new SamplePace();

  private @Nullable AllocationSampler sampler;
  private @Nullable Tracker tracker;
  private boolean withClasses = true;
  private boolean sampling;
  private Consumer<String> publish = text -> {};

  /** Prepares the profile; nothing is loaded or sampled yet. */
  public HeapProfile(
      Instrumentation instrumentation,
      StackTable stacks,
      AgentThreads agentThreads,
      Ticker ticker,
      AgentLog log) {
    this(jvm(instrumentation), stacks, agentThreads, ticker, log, MAX_LIVE);
  }

  HeapProfile(
      Jvm jvm,
      StackTable stacks,
      AgentThreads agentThreads,
      Ticker ticker,
      AgentLog log,
      int maxLive) {
    this.jvm = jvm;
    this.stacks = stacks;
    this.agentThreads = agentThreads;
    this.ticker = ticker;
    this.log = log;
    this.limit = new LiveLimit(maxLive);
  }

  /** Tells from now on, whenever it changes, how it samples: what {@link #about} says. */
  public synchronized void publishTo(Consumer<String> consumer) {
    publish = consumer;
    consumer.accept(about());
  }

  /**
   * Begins to sample, or goes on after {@link #stop}.
   *
   * @param rateBytes mean bytes between samples; 1 for every allocation, 0 for none
   * @param classes whether rows tell the classes of objects
   * @throws HeapUnavailableException when this JVM cannot
   */
  public synchronized void start(long rateBytes, boolean classes) throws HeapUnavailableException {
    withClasses = classes;
    setRate(rateBytes);
  }

  /**
   * Changes the mean of bytes between samples; what is not positive is {@link #stop}. As in Go,
   * each sample counts with the rate it was taken with.
   *
   * @throws HeapUnavailableException when this JVM cannot
   */
  public synchronized void setRate(long rateBytes) throws HeapUnavailableException {
    if (rateBytes <= 0) {
      stop();
      return;
    }
    limit.configure(Math.min(rateBytes, MAX_MEAN_BYTES));
    pace.configure(limit.meanBytes(), ticker.epochNanos());
    sampleEvery((int) meanBytes());
    publish.accept(about());
  }

  /** The rate as last set; 0 when off. */
  public synchronized long rateBytes() {
    return sampling ? limit.configuredBytes() : 0;
  }

  /** Takes over what was sampled; called by the drainer in each round. */
  public synchronized void poll() {
    if (tracker == null) {
      return;
    }
    int samples = tracker.poll(meanBytes());
    if (sampler == null || !sampling) {
      return;
    }
    boolean limited = limit.adapt(tracker.liveSamples());
    if (pace.adapt(samples, ticker.epochNanos()) || limited) {
      sampler.setMean((int) meanBytes());
      log.debug("heap: " + about());
      publish.accept(about());
    }
  }

  /**
   * Ends sampling and releases every weak reference: what was allocated stays, nothing counts as in
   * use from now on. Unlike Go, which follows what was sampled before: that is free there.
   */
  public synchronized void stop() {
    stopSampling();
    if (tracker != null) {
      tracker.release(meanBytes());
    }
    publish.accept(about());
  }

  /** The heap profile, as of now. */
  public ProfileSource heap() {
    return source(ProfileType.HEAP);
  }

  /** The same data as the allocs profile. */
  public ProfileSource allocs() {
    return source(ProfileType.ALLOCS);
  }

  /** What was sampled, not scaled to what that stands for: Go's text form shows this. */
  public Snapshot raw() {
    return snapshot(ProfileType.HEAP, false);
  }

  /**
   * Collects garbage first, as Go's {@code gc=1}, so that the next profile is as of now. Without
   * effect where the JVM is run with {@code -XX:+DisableExplicitGC}.
   */
  public void collect() {
    poll();
    System.gc();
    poll();
  }

  /** How it samples now, and why when that is not as people set it. */
  public synchronized String about() {
    if (!sampling) {
      return "off";
    }
    long mean = meanBytes();
    String why =
        Stream.of(limit.about(), pace.about())
            .flatMap(Optional::stream)
            .collect(Collectors.joining(" and "));
    return why.isEmpty()
        ? mean + " bytes"
        : mean + " bytes instead of " + limit.configuredBytes() + ", as " + why;
  }

  @Override
  public synchronized void forEachStack(Consumer<Stack> consumer) {
    if (tracker != null) {
      tracker.forEachStack(consumer);
    }
  }

  private void sampleEvery(int meanBytes) throws HeapUnavailableException {
    AllocationSampler loaded = sampler == null ? jvm.sampler() : sampler;
    if (tracker == null) {
      tracker = new Tracker(loaded, jvm.rounds(), stacks, MAX_SITES, agentThreads);
    }
    sampler = loaded;
    int error = sampling ? loaded.setMean(meanBytes) : loaded.start(meanBytes, withClasses);
    if (error != 0) {
      throw new HeapUnavailableException(
          error == NOT_AVAILABLE
              ? "another tool in this JVM samples allocations already"
              : "the JVM does not sample allocations (JVMTI error " + error + ")");
    }
    sampling = true;
  }

  private void stopSampling() {
    if (sampler == null || !sampling) {
      return;
    }
    sampling = false;
    for (int i = 0; sampler.stop() > 0 && i < STOP_PAUSES; i++) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private long meanBytes() {
    return Math.min(limit.meanBytes() << pace.doublings(), MAX_MEAN_BYTES);
  }

  private synchronized Snapshot snapshot(ProfileType type, boolean scaled) {
    long period = rateBytes();
    List<Row> rows = tracker == null ? List.of() : tracker.rows(scaled ? 1 : period);
    return new Snapshot(type, period, ticker.epochNanos(), 0, rows);
  }

  private ProfileSource source(ProfileType type) {
    return new RecordedSource() {
      @Override
      public ProfileType type() {
        return type;
      }

      @Override
      public Snapshot snapshot() {
        return HeapProfile.this.snapshot(type, true);
      }

      @Override
      public Snapshot recorded() {
        return HeapProfile.this.snapshot(type, false);
      }
    };
  }

  private static Jvm jvm(Instrumentation instrumentation) {
    return new Jvm() {
      @Override
      public AllocationSampler sampler() throws HeapUnavailableException {
        return HeapLibrary.load(instrumentation);
      }

      @Override
      public Rounds rounds() {
        return new Rounds();
      }
    };
  }
}
