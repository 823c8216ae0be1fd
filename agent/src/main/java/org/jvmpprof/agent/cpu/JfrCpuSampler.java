package org.jvmpprof.agent.cpu;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.jfr.Jfr;
import org.jvmpprof.agent.jfr.JfrStackDepth;
import org.jvmpprof.agent.jfr.JfrStream;
import org.jvmpprof.agent.jvm.JfrDisk;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.time.Ticker;

/**
 * CPU samples from JDK Flight Recorder's {@code jdk.CPUTimeSample} (JEP 509): the JVM itself takes
 * a stack for each period of CPU time that a Java thread has used. JDK 25 and later, on Linux. The
 * JVM's own threads are added by {@link JvmThreads}.
 *
 * <p>The application may use JFR as if this were not here, except that its recordings contain the
 * CPU samples too. JFR ends the JVM when its disk is full; sampling is suspended before that.
 */
public final class JfrCpuSampler implements CpuSampler {
  private static final Path PROCESS = Path.of("/proc/self");

  /** SIGPROF is 27 on every Linux architecture that has JFR; the mask begins at signal 1. */
  private static final long SIGPROF_MASK = 1L << 26;

  /** At exit, JFR's shutdown hook may end the recording up to a second before {@link #stop}. */
  private static final int POLLS_OF_AN_EXIT = 20;

  private final CpuSink sink;
  private final long periodNanos;
  private final AgentThreads threads;
  private final AgentLog log;
  private final Instrumentation instrumentation;
  private final JvmThreads jvmThreads;
  private @Nullable JfrStream stream;
  private int pollsSinceEnd;
  private boolean running;

  /**
   * Makes a sampler that has not touched JFR yet.
   *
   * @param periodNanos the CPU time between two samples
   */
  public JfrCpuSampler(
      CpuSink sink,
      long periodNanos,
      AgentThreads threads,
      AgentLog log,
      Instrumentation instrumentation) {
    this.sink = sink;
    this.periodNanos = periodNanos;
    this.threads = threads;
    this.log = log;
    this.instrumentation = instrumentation;
    jvmThreads = new JvmThreads(PROCESS, periodNanos, sink, Ticker.system());
  }

  @Override
  public String engine() {
    return "jfr";
  }

  @Override
  public String about() {
    return "Java threads, and [jvm] for its own; stub code is charged to what polls next, time inside"
        + " the JVM is lost";
  }

  @Override
  public synchronized void start() throws CpuSamplerException {
    check();
    JfrStackDepth.raise(instrumentation, log);
    try {
      begin();
    } catch (RuntimeException | LinkageError e) {
      throw new CpuSamplerException("JFR does not start: " + Jfr.reason(e), e);
    }
    jvmThreads.start();
    running = true;
  }

  @Override
  public synchronized void poll() {
    if (!running) {
      return;
    }
    jvmThreads.poll();
    if (stream != null && stream.hasEnded()) {
      if (++pollsSinceEnd == POLLS_OF_AN_EXIT) {
        log.error("no more CPU samples: something else has ended the agent's JFR recording");
      }
    } else if (stream != null && !JfrDisk.mayGoOn(JfrDisk.repository())) {
      log.error("CPU sampling is suspended: too little room in " + JfrDisk.repository());
      stream.stop();
      stream = null;
    } else if (stream == null && JfrDisk.mayBegin(JfrDisk.repository())) {
      resume();
    }
  }

  @Override
  public void flush(long untilEpochNanos) throws InterruptedException {
    JfrStream current;
    synchronized (this) {
      current = running ? stream : null;
    }
    if (current != null) {
      current.awaitFlush();
    }
  }

  @Override
  public synchronized void stop() {
    if (!running) {
      return;
    }
    running = false;
    if (stream != null) {
      stream.stop();
    }
    jvmThreads.look();
  }

  private void begin() {
    JfrSamples samples = new JfrSamples(sink, periodNanos, threads);
    JfrStream begun = new JfrStream("CPU samples", samples::connect, threads, log);
    begun.start();
    stream = begun;
  }

  private void resume() {
    try {
      begin();
      log.info("CPU sampling is resumed");
    } catch (RuntimeException | LinkageError e) {
      log.errorOnce("jfr", "CPU sampling cannot be resumed: " + Jfr.reason(e));
    }
  }

  private static void check() throws CpuSamplerException {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      throw new CpuSamplerException("JFR samples CPU time on Linux only");
    }
    if (Runtime.version().feature() < 25) {
      throw new CpuSamplerException("JFR samples CPU time from JDK 25 on");
    }
    Optional<String> problem = Jfr.problem();
    if (problem.isPresent()) {
      throw new CpuSamplerException(problem.get());
    }
    if (!FlightRecorder.isInitialized() && sigprofIsTaken()) {
      throw new CpuSamplerException("another profiler has taken the signal SIGPROF");
    }
  }

  private static boolean sigprofIsTaken() {
    try {
      return Files.readAllLines(PROCESS.resolve("status")).stream()
          .filter(line -> line.startsWith("SigCgt:"))
          .map(line -> line.substring("SigCgt:".length()).trim())
          .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) & SIGPROF_MASK) != 0);
    } catch (IOException e) {
      return false;
    }
  }
}
