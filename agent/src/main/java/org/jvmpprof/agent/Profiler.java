package org.jvmpprof.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.contention.Contention;
import org.jvmpprof.agent.control.ApiCalls;
import org.jvmpprof.agent.control.CpuCollection;
import org.jvmpprof.agent.control.CustomProfiles;
import org.jvmpprof.agent.control.Rates;
import org.jvmpprof.agent.control.RunningProfiler;
import org.jvmpprof.agent.event.EventBuffer;
import org.jvmpprof.agent.heap.HeapProfile;
import org.jvmpprof.agent.heap.HeapUnavailableException;
import org.jvmpprof.agent.heap.MemStats;
import org.jvmpprof.agent.heap.ThreadDump;
import org.jvmpprof.agent.http.PprofServer;
import org.jvmpprof.agent.options.AgentOptions;
import org.jvmpprof.agent.profile.ProfileRegistry;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.stack.Function;
import org.jvmpprof.agent.stack.Stack;
import org.jvmpprof.agent.threads.GoroutineProfile;
import org.jvmpprof.agent.threads.LiveThreads;
import org.jvmpprof.agent.threads.ThreadCreateProfile;
import org.jvmpprof.agent.threads.ThreadStarts;
import org.jvmpprof.agent.trace.FlightTrace;

/** The composition root: makes the parts, connects them, starts and stops them. */
final class Profiler implements RunningProfiler {
  /** A hook hands a wait over in the round after its end, JFR a second later. */
  private static final Duration CONTENTION_LATENESS = Duration.ofSeconds(2);

  /** Go's block and mutex profiles are scaled already, whatever their rate. */
  private static final long CONTENTION_PERIOD = 1;

  private static final String HEAP_PROPERTY = "jvmpprof.running.heap";

  private final AgentOptions options;
  private final Surroundings around;
  private final String application = ApplicationName.of(System.getProperty("sun.java.command", ""));
  private final String producer;
  private final Pipeline pipeline;
  private final CustomProfiles custom;
  private final CpuProfiling cpu;
  private final Thread samplerStart;
  private final Contention contention;
  private final HeapProfile heap;
  private final AtomicBoolean heapShown = new AtomicBoolean();
  private final FlightTrace trace = new FlightTrace();
  private final Rates rates;
  private final LabelsOfThreads labels = new LabelsOfThreads();
  private final ThreadStarts starts;
  private final GoroutineProfile goroutine;
  private volatile @Nullable PprofServer server;
  private volatile boolean stopping;
  private boolean contentionWritten;

  private Profiler(AgentOptions options, Surroundings around) {
    this.options = options;
    this.around = around;
    String jvm = System.getProperty("java.vm.name") + ' ' + Runtime.version();
    producer = "jvm-pprof " + around.version() + ", " + jvm;
    pipeline = new Pipeline(options, application, this::remarks, labels, around);
    pipeline.addSource(labels::sweep);
    custom = new CustomProfiles(pipeline.profiles(), pipeline.stacks(), around.ticker());
    pipeline.keep(custom);
    cpu = new CpuProfiling(options, pipeline, labels, around);
    // What follows takes its time, too.
    samplerStart = around.threads().start("sampler", cpu::begin);
    contention = around.contention();
    addContention();
    starts = new ThreadStarts(pipeline.stacks());
    goroutine =
        new GoroutineProfile(
            LiveThreads.of(
                around.instrumentation(),
                around.threads(),
                new ThreadDump(around.instrumentation())::forEach,
                around.log()),
            starts,
            pipeline.stacks(),
            labels,
            around.ticker());
    addThreads();
    heap =
        new HeapProfile(
            around.instrumentation(),
            pipeline.stacks(),
            around.threads(),
            around.ticker(),
            around.log());
    pipeline.addSource(heap::poll);
    pipeline.keep(heap);
    pipeline.addSource(trace::poll);
    rates = new RateSettings(contention, heap, this::showHeap, around.log());
  }

  /** Begins to sample CPU time and to write files; the rest comes with {@link #install}. */
  static Profiler start(AgentOptions options, Surroundings around) {
    Profiler profiler = new Profiler(options, around);
    profiler.announce();
    profiler.pipeline.start();
    return profiler;
  }

  /**
   * Starts the rest of what the options ask for. The JVM is changed for it, which takes its time: a
   * program that ends meanwhile does not wait for what is left.
   */
  void install() {
    List<Runnable> steps =
        List.of(
            () -> labels.start(around),
            () -> starts.begin(around.instrumentation(), around.log()),
            labels::ready,
            this::startHeap,
            this::serve,
            contention::installIfWanted);
    for (Runnable step : steps) {
      if (!stopping) {
        step.run();
      }
    }
  }

  private void announce() {
    String names = String.join(", ", written());
    if (options.dir() != null && !names.isEmpty()) {
      around.log().info(around.version() + " writes " + names + " profiles to " + options.dir());
    } else if (options.http() == null) {
      String why = options.dir() == null ? "no dir is given" : "all are off";
      around.log().info("writes no profiles: " + why);
    }
  }

  private List<String> written() {
    List<String> names = new ArrayList<>();
    if (cpu.isOn()) {
      names.add("cpu");
    }
    if (contention.isWanted()) {
      names.add("block");
      names.add("mutex");
    }
    if (options.heapBytes() > 0) {
      names.add("heap");
    }
    names.add("thread");
    return names;
  }

  private void serve() {
    String http = options.http();
    if (http != null) {
      goroutine.watchWaits();
      server =
          PprofServer.start(http, options, this, trace, around.threads(), around.log())
              .orElse(null);
    }
  }

  /** What answers the Java API. */
  ApiCalls api() {
    return new ApiCalls(this, custom);
  }

  /** Where profiles are served; empty when they are not. */
  Optional<String> httpAddress() {
    return Optional.ofNullable(server).map(PprofServer::address);
  }

  /** Where profiles go; empty for nowhere. */
  Optional<String> directory() {
    return pipeline.directory().map(Object::toString);
  }

  @Override
  public String application() {
    return application;
  }

  @Override
  public List<String> remarks() {
    return cpuEngine()
        .map(engine -> List.of(producer + ", cpu-engine " + engine))
        .orElse(List.of());
  }

  @Override
  public Optional<String> functionAt(long address) {
    return pipeline.stacks().functionAt(address);
  }

  @Override
  public Stack stackOf(Function function) {
    return pipeline.stacks().intern(List.of(new Frame(function, 0)));
  }

  @Override
  public ProfileRegistry profiles() {
    return pipeline.profiles();
  }

  @Override
  public List<String> memoryStatistics() {
    return MemStats.lines(around.instrumentation());
  }

  @Override
  public void awaitEvents() throws InterruptedException {
    pipeline.awaitEvents();
  }

  @Override
  public Optional<CpuCollection> collectCpu() {
    return cpu.collect();
  }

  @Override
  public Rates rates() {
    return rates;
  }

  /** Does what is useful later only: samples better, and instruments what was loaded before. */
  void complete() throws InterruptedException {
    samplerStart.join();
    if (!stopping) {
      cpu.improve();
      contention.complete();
    }
  }

  /** Stops, with everything that was sampled in the files. */
  void stop() throws InterruptedException {
    stopping = true;
    PprofServer serving = server;
    if (serving != null) {
      serving.close();
    }
    cpu.stop();
    contention.stop();
    pipeline.stop();
    heap.stop();
  }

  /** The engine of the CPU profile and what it does not see; empty while that may change. */
  Optional<String> cpuEngine() {
    return cpu.engine();
  }

  private void addContention() {
    pipeline.addSource(this::writeContention);
    pipeline.addSource(contention::poll);
    for (EventBuffer buffer : contention.buffers()) {
      pipeline.addBuffer(buffer);
      pipeline.addSums(buffer.type());
    }
    writeContention();
  }

  /** It may begin long after the start, and is in the files from then on; for the drainer. */
  private void writeContention() {
    if (!contentionWritten && (contention.isWanted() || contention.isOn())) {
      contentionWritten = true;
      for (EventBuffer buffer : contention.buffers()) {
        pipeline.addFiles(buffer.type(), CONTENTION_PERIOD, CONTENTION_LATENESS);
      }
    }
  }

  private void startHeap() {
    heap.publishTo(text -> System.setProperty(HEAP_PROPERTY, text));
    try {
      heap.start(options.heapBytes(), options.heapClasses());
    } catch (HeapUnavailableException e) {
      around.log().error("no heap profile: " + e.getMessage());
      return;
    }
    if (options.heapBytes() > 0) {
      showHeap();
    } else {
      pipeline.profiles().add(heap.heap());
      pipeline.profiles().add(heap.allocs());
    }
  }

  /** It may begin long after the start, and is in the files from then on. */
  private void showHeap() {
    if (!heapShown.getAndSet(true)) {
      pipeline.addState(heap.heap());
      pipeline.profiles().add(heap.allocs());
    }
  }

  private void addThreads() {
    pipeline.addSource(starts::poll);
    pipeline.addSource(goroutine::poll);
    pipeline.keep(starts);
    pipeline.keep(goroutine);
    pipeline.addState(goroutine);
    pipeline.addState(
        new ThreadCreateProfile(starts, around.threads(), pipeline.stacks(), around.ticker()));
  }
}
