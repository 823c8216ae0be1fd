package org.jvmpprof.agent;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.contention.Contention;
import org.jvmpprof.agent.control.CpuCollection;
import org.jvmpprof.agent.control.Rates;
import org.jvmpprof.agent.control.RunningProfiler;
import org.jvmpprof.agent.control.TraceRecorder;
import org.jvmpprof.agent.cpu.CpuEvents;
import org.jvmpprof.agent.cpu.CpuSampling;
import org.jvmpprof.agent.drain.Drainer;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.event.EventBuffer;
import org.jvmpprof.agent.http.PprofServer;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.options.AgentOptions;
import org.jvmpprof.agent.profile.Cumulative;
import org.jvmpprof.agent.profile.ProfileRegistry;
import org.jvmpprof.agent.profile.ProfileType;
import org.jvmpprof.agent.profile.Windows;
import org.jvmpprof.agent.stack.StackTable;
import org.jvmpprof.agent.store.SegmentWriter;
import org.jvmpprof.agent.time.Ticker;

/** The composition root: makes the parts, connects them, starts and stops them. */
final class Profiler implements RunningProfiler {
  /** A second of samples from 160 busy threads. */
  private static final int CPU_BUFFER_EVENTS = 1 << 14;

  /** Bounds of the stack table; tests make it smaller. */
  private static final int MAX_STACKS = Integer.getInteger("jvmpprof.test.maxStacks", 50_000);

  private static final int MAX_LOCATIONS = 2 * MAX_STACKS;

  /** Samplers that hand over once a second are this late at most. */
  private static final Duration CPU_LATENESS = Duration.ofSeconds(2);

  /** A wait is handed over in the round after its end. */
  private static final Duration CONTENTION_LATENESS = Duration.ofSeconds(1);

  /** Go's block and mutex profiles are scaled already, whatever their rate. */
  private static final long CONTENTION_PERIOD = 1;

  private static final long EXIT_PATIENCE_MILLIS = 500;

  /** The drainer is in the middle of a round, or waits for its disk. */
  private static final Duration DRAIN_PATIENCE = Duration.ofMillis(300);

  private final Surroundings around;
  private final String application = ApplicationName.of(System.getProperty("sun.java.command", ""));
  private final @Nullable ProfileFiles files;
  private final StackTable stacks = new StackTable(MAX_STACKS, MAX_LOCATIONS);
  private final Samples samples = new Samples(stacks);
  private final ProfileRegistry registry = new ProfileRegistry();
  private final List<Runnable> sources = new ArrayList<>();
  private final List<EventBuffer> buffers = new ArrayList<>();
  private final RateSettings rates;
  private final Windows cpuWindows;
  private final @Nullable CpuSampling sampling;
  private final @Nullable Contention contention;
  private final Drainer drainer;
  private final Thread drainThread;
  private final @Nullable PprofServer server;

  /**
   * What the parts share.
   *
   * @param version the agent's version
   * @param inliningGap where inlined methods are not seen; empty when they are everywhere
   * @param contention the hooks, if they are in; null for none
   */
  record Surroundings(
      String version,
      Instrumentation instrumentation,
      Optional<String> inliningGap,
      @Nullable Contention contention,
      AgentThreads threads,
      Ticker ticker,
      AgentLog log) {}

  private Profiler(AgentOptions options, Surroundings around) {
    this.around = around;
    Path dir = options.dir();
    files =
        dir == null ? null : new ProfileFiles(dir, options, application, this::comments, around);
    rates = new RateSettings(options);
    long periodNanos = TimeUnit.SECONDS.toNanos(1) / Math.max(1, options.cpuHz());
    cpuWindows = new Windows(ProfileType.CPU, periodNanos);
    sampling = options.cpuHz() == 0 ? null : cpu(options, periodNanos);
    contention = around.contention();
    if (contention != null) {
      addContention(contention);
    }
    if (files != null) {
      samples.atEndOfRound(files::flush);
    }
    drainer = new Drainer(sources, buffers, stacks, samples, around.log());
    drainThread = around.threads().start("drain", this::drain);
    server = serve(options);
  }

  /** Starts all that the options ask for; empty when that is nothing. */
  static Optional<Profiler> start(AgentOptions options, Surroundings around) {
    Path dir = options.dir();
    String profiles = String.join(", ", names(options, around));
    boolean writes = dir != null && !profiles.isEmpty();
    if (!writes && options.http() == null) {
      around.log().info("no profiles: " + (dir == null ? "no dir is given" : "all are off"));
      return Optional.empty();
    }
    if (writes) {
      around.log().info(around.version() + " writes " + profiles + " profiles to " + dir);
    }
    return Optional.of(new Profiler(options, around));
  }

  private static List<String> names(AgentOptions options, Surroundings around) {
    List<String> names = new ArrayList<>();
    if (options.cpuHz() > 0) {
      names.add("cpu");
    }
    if (around.contention() != null) {
      names.add("block");
      names.add("mutex");
    }
    return names;
  }

  private @Nullable PprofServer serve(AgentOptions options) {
    String http = options.http();
    return http == null
        ? null
        : PprofServer.start(http, options, this, noTraces(), around.threads(), around.log())
            .orElse(null);
  }

  private static TraceRecorder noTraces() {
    return () -> {
      throw new IOException("not available yet");
    };
  }

  /** Where profiles are served; empty when they are not. */
  Optional<String> httpAddress() {
    return Optional.ofNullable(server).map(PprofServer::address);
  }

  /** Where profiles go. */
  Optional<Path> directory() {
    return Optional.ofNullable(files).map(ProfileFiles::dir);
  }

  @Override
  public String application() {
    return application;
  }

  @Override
  public List<String> remarks() {
    return comments();
  }

  @Override
  public Optional<String> functionAt(long address) {
    return stacks.functionAt(address);
  }

  @Override
  public ProfileRegistry profiles() {
    return registry;
  }

  @Override
  public void awaitEvents() throws InterruptedException {
    drainer.drainNow(DRAIN_PATIENCE);
  }

  @Override
  public Optional<CpuCollection> collectCpu() {
    return Optional.ofNullable(sampling)
        .filter(cpu -> !cpu.hasFailed())
        .map(cpu -> new CpuWindow(cpuWindows, cpu, this::awaitEvents, around.ticker()));
  }

  @Override
  public Rates rates() {
    return rates;
  }

  /** Starts the CPU samplers, which takes up to a second; the parts are connected already. */
  void startSampling() throws InterruptedException {
    if (sampling != null) {
      sampling.start();
    }
    if (contention != null) {
      contention.complete();
    }
  }

  /** Stops, with everything that was sampled in the files. */
  void stop() throws InterruptedException {
    if (server != null) {
      server.close();
    }
    if (sampling != null) {
      sampling.stop();
    }
    drainer.stop();
    drainThread.join(EXIT_PATIENCE_MILLIS);
    // A writer that is stuck in the file system keeps its files; they are valid as they are.
    if (files != null && !drainThread.isAlive()) {
      files.close();
    }
  }

  /** The engine of the CPU profile and what it does not see; empty while that may change. */
  Optional<String> cpuEngine() {
    return Optional.ofNullable(sampling)
        .flatMap(CpuSampling::engine)
        .map(engine -> engine + around.inliningGap().map(gap -> "; " + gap).orElse(""));
  }

  private CpuSampling cpu(AgentOptions options, long periodNanos) {
    EventBuffer events = new EventBuffer(ProfileType.CPU, CPU_BUFFER_EVENTS);
    buffers.add(events);
    if (files != null) {
      SegmentWriter writer = files.addEvents(ProfileType.CPU, periodNanos, CPU_LATENESS);
      samples.send(ProfileType.CPU, writer, writer::add);
    }
    samples.send(ProfileType.CPU, cpuWindows, cpuWindows::add);
    CpuSampling cpu =
        new CpuSampling(
            CpuSamplers.of(options.cpuEngine(), periodNanos, around),
            new CpuEvents(events, periodNanos, around.ticker()),
            around.ticker(),
            around.log());
    sources.add(cpu::poll);
    return cpu;
  }

  private void addContention(Contention hooks) {
    sources.add(hooks::poll);
    buffers.addAll(hooks.buffers());
    for (ProfileType type : List.of(ProfileType.BLOCK, ProfileType.MUTEX)) {
      Cumulative sums = new Cumulative(type, around.ticker()::epochNanos);
      registry.add(sums);
      samples.send(type, sums, sums::add);
      if (files != null) {
        SegmentWriter writer = files.addEvents(type, CONTENTION_PERIOD, CONTENTION_LATENESS);
        samples.send(type, writer, writer::add);
      }
    }
  }

  private void drain() {
    if (files != null) {
      files.recover();
    }
    drainer.run();
  }

  private List<String> comments() {
    String jvm = System.getProperty("java.vm.name") + ' ' + Runtime.version();
    return cpuEngine().stream()
        .map(engine -> "jvm-pprof %s, %s, cpu-engine %s".formatted(around.version(), jvm, engine))
        .toList();
  }
}
