package org.jvmpprof.agent;

import java.lang.instrument.Instrumentation;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.contention.Contention;
import org.jvmpprof.agent.control.JmxRegistration;
import org.jvmpprof.agent.control.ProfilerControl;
import org.jvmpprof.agent.cpu.InlineDebugInfo;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.labels.Labelling;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.options.OptionsParser;
import org.jvmpprof.agent.options.ParsedOptions;
import org.jvmpprof.agent.time.Ticker;

/**
 * The agent's life from the JVM's call to the JVM's end. Only what must happen before the
 * application's first method is done on its thread.
 */
final class Launch {
  /** Where an application, and the attaching command, read that the agent is in. */
  private static final String VERSION_PROPERTY = "jvmpprof.version";

  private static final String DIRECTORY_PROPERTY = "jvmpprof.running.dir";
  private static final String HTTP_PROPERTY = "jvmpprof.running.http";
  private static final String CPU_PROPERTY = "jvmpprof.running.cpu";
  private static final String CONTENTION_PROPERTY = "jvmpprof.running.contention";

  private static final String COMPILED_BEFORE =
      "methods that were compiled before the agent was attached show without what is inlined into"
          + " them";

  private static final long EXIT_PATIENCE_MILLIS = 500;
  private static final long ATTACH_PATIENCE_MILLIS = 2_000;

  private final ParsedOptions parsed;
  private final AgentLog log;
  private final Instrumentation instrumentation;
  private final Optional<String> inlineProblem;
  private final boolean attached;
  private final AgentThreads threads = new AgentThreads();
  private final Ticker ticker = Ticker.system();
  private final Contention contention;
  private final CountDownLatch composed = new CountDownLatch(1);
  private final CountDownLatch inForce = new CountDownLatch(1);
  private volatile @Nullable Profiler profiler;

  private Launch(
      ParsedOptions parsed,
      Instrumentation instrumentation,
      Optional<String> inlineProblem,
      boolean attached) {
    this.parsed = parsed;
    this.log = log(parsed);
    this.instrumentation = instrumentation;
    this.inlineProblem = inlineProblem;
    this.attached = attached;
    contention = new Contention(instrumentation, parsed.options(), attached, threads, ticker, log);
    contention.publishTo(sites -> System.setProperty(CONTENTION_PROPERTY, sites));
  }

  /**
   * Starts the profiler in this JVM, unless one runs already.
   *
   * @param argument the agent's options; null for none
   * @param attached whether the application runs already
   * @return what was started; empty when a profiler runs already
   */
  static Optional<Launch> start(
      @Nullable String argument, Instrumentation instrumentation, boolean attached) {
    ParsedOptions parsed = parse(argument);
    // Early: methods that are compiled before stay without their inlined frames.
    Optional<String> inlineProblem =
        parsed.options().cpuHz() > 0 ? InlineDebugInfo.enable(instrumentation) : Optional.empty();
    String running = BootstrapHook.claim(instrumentation, version());
    if (running != null) {
      log(parsed).info("already running, version " + running + ": nothing changed");
      return Optional.empty();
    }
    System.setProperty(VERSION_PROPERTY, version());
    Launch launch = new Launch(parsed, instrumentation, inlineProblem, attached);
    Runtime.getRuntime().addShutdownHook(launch.threads.create("exit", launch::stop));
    launch.threads.start("start", launch::run);
    // Before the application's first class is loaded: later its modifiers cannot be changed.
    launch.contention.installIfWanted();
    return Optional.of(launch);
  }

  /** Waits, not for long, until the options are in force. */
  void awaitInForce() throws InterruptedException {
    inForce.await(ATTACH_PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void run() {
    try {
      parsed.problems().forEach(log::error);
      inlineProblem.ifPresent(log::info);
      Profiler started =
          Profiler.start(
              parsed.options(),
              new Surroundings(
                  version(), instrumentation, inliningGap(), contention, threads, ticker, log));
      profiler = started;
      composed.countDown();
      started.install();
      announce(started);
      ApiHook.serve(started.api(), instrumentation, log);
      inForce.countDown();
      complete(started);
      threads.start("jmx", () -> JmxRegistration.run(new ProfilerControl(started), log));
    } catch (Throwable t) {
      System.err.println("jvm-pprof: not started: " + t);
    } finally {
      Labelling.giveUp();
      composed.countDown();
      inForce.countDown();
    }
  }

  private Optional<String> inliningGap() {
    return inlineProblem.isEmpty() && attached ? Optional.of(COMPILED_BEFORE) : inlineProblem;
  }

  private static void complete(Profiler started) throws InterruptedException {
    started.complete();
    started.cpuEngine().ifPresent(engine -> System.setProperty(CPU_PROPERTY, engine));
  }

  private static void announce(Profiler started) {
    started.directory().ifPresent(dir -> System.setProperty(DIRECTORY_PROPERTY, dir));
    started.httpAddress().ifPresent(address -> System.setProperty(HTTP_PROPERTY, address));
  }

  private void stop() {
    try {
      composed.await(EXIT_PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      Profiler started = profiler;
      if (started != null) {
        started.stop();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ParsedOptions parse(@Nullable String argument) {
    return OptionsParser.parse(
        argument, System.getProperties(), System.getenv(OptionsParser.ENVIRONMENT_VARIABLE));
  }

  private static AgentLog log(ParsedOptions parsed) {
    return new AgentLog(System.err, parsed.options().log());
  }

  private static String version() {
    String version = Launch.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
