package org.jvmpprof.agent;

import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jvmpprof.agent.cpu.AsyncCpuSampler;
import org.jvmpprof.agent.cpu.CpuEvents;
import org.jvmpprof.agent.cpu.CpuSampling;
import org.jvmpprof.agent.cpu.JfrCpuSampler;
import org.jvmpprof.agent.cpu.TimerCpuSampler;
import org.jvmpprof.agent.drain.Drainer;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.event.EventBuffer;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.options.AgentOptions;
import org.jvmpprof.agent.profile.ProfileType;
import org.jvmpprof.agent.stack.StackTable;
import org.jvmpprof.agent.store.ProfileDirectory;
import org.jvmpprof.agent.store.SegmentRecovery;
import org.jvmpprof.agent.store.SegmentWriter;
import org.jvmpprof.agent.time.Ticker;

/** The composition root: makes the parts, connects them, starts and stops them. */
final class Profiler {
  /** A second of samples from 160 busy threads. */
  private static final int CPU_BUFFER_EVENTS = 1 << 14;

  /** Bounds of the stack table; tests make it smaller. */
  private static final int MAX_STACKS = Integer.getInteger("jvmpprof.test.maxStacks", 50_000);

  private static final int MAX_LOCATIONS = 2 * MAX_STACKS;

  /** Samplers that hand over once a second are this late at most. */
  private static final Duration CPU_LATENESS = Duration.ofSeconds(2);

  /** JEP 509. */
  private static final int FIRST_WITH_JFR_CPU_TIME = 25;

  private static final long EXIT_PATIENCE_MILLIS = 500;

  private final Path dir;
  private final Optional<String> inliningGap;
  private final CpuSampling sampling;
  private final Drainer drainer;
  private final Thread drainThread;
  private final ProfileFiles files;

  /**
   * What the parts share.
   *
   * @param version the agent's version
   * @param inliningGap where inlined methods are not seen; empty when they are everywhere
   */
  record Surroundings(
      String version,
      Instrumentation instrumentation,
      Optional<String> inliningGap,
      AgentThreads threads,
      Ticker ticker,
      AgentLog log) {}

  private Profiler(AgentOptions options, Path dir, Surroundings around) {
    this.dir = dir;
    this.inliningGap = around.inliningGap();
    long periodNanos = TimeUnit.SECONDS.toNanos(1) / options.cpuHz();
    EventBuffer events = new EventBuffer(ProfileType.CPU, CPU_BUFFER_EVENTS);
    sampling =
        new CpuSampling(
            samplers(options, periodNanos, around),
            new CpuEvents(events, periodNanos, around.ticker()),
            around.ticker(),
            around.log());
    StackTable stacks = new StackTable(MAX_STACKS, MAX_LOCATIONS);
    ProfileDirectory directory =
        new ProfileDirectory(
            dir, ProcessHandle.current().pid(), options.keep(), options.maxSizeBytes());
    files = new ProfileFiles(writer(options, periodNanos, directory, around), stacks);
    drainer = new Drainer(List.of(sampling::poll), List.of(events), stacks, files, around.log());
    SegmentRecovery recovery = new SegmentRecovery(directory, around.log());
    drainThread =
        around
            .threads()
            .start(
                "drain",
                () -> {
                  recovery.run();
                  drainer.run();
                });
  }

  /** Starts all that the options ask for; empty when that is nothing. */
  static Optional<Profiler> start(AgentOptions options, Surroundings around) {
    Path dir = options.dir();
    if (dir == null || options.cpuHz() == 0) {
      around.log().info("no profiles: " + (dir == null ? "no dir is given" : "cpu=0"));
      return Optional.empty();
    }
    around.log().info(around.version() + " writes cpu profiles to " + dir);
    return Optional.of(new Profiler(options, dir, around));
  }

  /** Where profiles go. */
  Path directory() {
    return dir;
  }

  /** Starts the CPU samplers, which takes up to a second; the parts are connected already. */
  void startSampling() {
    sampling.start();
  }

  /** Stops, with everything that was sampled in the files. */
  void stop() throws InterruptedException {
    sampling.stop();
    drainer.stop();
    drainThread.join(EXIT_PATIENCE_MILLIS);
    // A writer that is stuck in the file system keeps its files; they are valid as they are.
    if (!drainThread.isAlive()) {
      files.close();
    }
  }

  private SegmentWriter writer(
      AgentOptions options, long periodNanos, ProfileDirectory directory, Surroundings around) {
    SegmentWriter.Format format =
        new SegmentWriter.Format(
            ProfileType.CPU,
            periodNanos,
            ApplicationName.of(System.getProperty("sun.java.command", "")),
            options.rotate(),
            CPU_LATENESS,
            () -> comments(around.version()));
    return new SegmentWriter(directory, format, around.ticker(), around.log());
  }

  /** The engine of the CPU profile and what it does not see; empty while that may change. */
  Optional<String> cpuEngine() {
    return sampling.engine().map(engine -> engine + inliningGap.map(gap -> "; " + gap).orElse(""));
  }

  private List<String> comments(String version) {
    String jvm = System.getProperty("java.vm.name") + ' ' + Runtime.version();
    return cpuEngine().stream()
        .map(engine -> "jvm-pprof %s, %s, cpu-engine %s".formatted(version, jvm, engine))
        .toList();
  }

  /** The bridge first, then what is better, best first. */
  private static List<CpuSampling.Maker> samplers(
      AgentOptions options, long periodNanos, Surroundings around) {
    AgentThreads threads = around.threads();
    AgentLog log = around.log();
    CpuSampling.Maker timer =
        sink -> new TimerCpuSampler(sink, periodNanos, threads, log, around.ticker());
    CpuSampling.Maker async =
        sink -> new AsyncCpuSampler(sink, periodNanos, threads, log, around.instrumentation());
    CpuSampling.Maker jfr =
        sink -> new JfrCpuSampler(sink, periodNanos, threads, log, around.instrumentation());
    return switch (options.cpuEngine()) {
      case TIMER -> List.of(timer);
      case JFR -> List.of(timer, jfr);
      case ASYNC -> List.of(timer, async);
      case AUTO ->
          Runtime.version().feature() >= FIRST_WITH_JFR_CPU_TIME
              ? List.of(timer, async, jfr)
              : List.of(timer, async);
    };
  }
}
