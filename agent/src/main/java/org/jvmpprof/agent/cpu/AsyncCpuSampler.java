package org.jvmpprof.agent.cpu;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.time.Ticker;

/**
 * Samples by async-profiler, inside this process: a signal for each period of CPU time on any
 * thread, the JVM's own included, at the instruction where the thread is. Samples arrive once a
 * second.
 *
 * <p>The application's own async-profiler is another library and works beside this one.
 */
public final class AsyncCpuSampler implements CpuSampler {
  private static final long DUMP_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long MAX_DUMP_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** What a dump may cost is one part in so many of the time until the next. */
  private static final long DUMP_COST_DIVISOR = 100;

  /** Every chunk repeats all stacks of its session, so a large file tells of large tables. */
  private static final long RESTART_BYTES = 16 << 20;

  /** perf_events may take one part in so many of the process's file descriptors. */
  private static final long FILES_DIVISOR = 8;

  private static final boolean LINUX = System.getProperty("os.name", "").startsWith("Linux");

  private static final String TROUBLE = "async";

  private final CpuSink sink;
  private final long periodNanos;
  private final AgentThreads agentThreads;
  private final AgentLog log;
  private final Instrumentation instrumentation;
  private final CutStacks cutStacks;
  private final Ticker ticker = Ticker.system();
  private final ProcessMeter meter = ProcessMeter.system();
  private final Pacer pacer = new Pacer(DUMP_NANOS, MAX_DUMP_NANOS, DUMP_COST_DIVISOR);

  private @Nullable AsyncLibrary profiler;
  private @Nullable AsyncSession session;
  private @Nullable LostSamples lost;
  private long dueNanos;
  private long dumpedNanos;
  private long retryNanos;

  /** Makes a sampler that takes one sample per {@code periodNanos} of a thread's CPU time. */
  public AsyncCpuSampler(
      CpuSink sink,
      long periodNanos,
      AgentThreads agentThreads,
      AgentLog log,
      Instrumentation instrumentation,
      CutStacks cutStacks) {
    this.sink = sink;
    this.periodNanos = periodNanos;
    this.agentThreads = agentThreads;
    this.log = log;
    this.instrumentation = instrumentation;
    this.cutStacks = cutStacks;
  }

  @Override
  public String engine() {
    return "async";
  }

  @Override
  public String about() {
    return "all threads, native code and the JVM included";
  }

  @Override
  public synchronized void start() throws CpuSamplerException {
    AsyncLibrary loaded = AsyncLibrary.load(instrumentation);
    session = AsyncSession.start(loaded, event(), periodNanos);
    cutStacks.watch(true);
    profiler = loaded;
    lost = new LostSamples(periodNanos, meter.processNanos().getAsLong());
    dueNanos = ticker.epochNanos() + DUMP_NANOS;
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getName());
  }

  @Override
  public synchronized void poll() {
    long now = ticker.epochNanos();
    if (now >= dueNanos) {
      dump(now);
    }
  }

  @Override
  public synchronized void flush(long untilEpochNanos) {
    // Of several who wait, the first has done it for all.
    if (dumpedNanos <= untilEpochNanos) {
      dump(ticker.epochNanos());
    }
  }

  private void dump(long now) {
    if (profiler == null || lost == null) {
      return;
    }
    dumpedNanos = now;
    long beganNanos = meter.threadNanos().getAsLong();
    long processNanos = meter.processNanos().getAsLong();
    advance(profiler, now);
    sink.lost(lost.take(processNanos, meter.threads().getAsInt()));
    dueNanos = now + pacer.pauseNanos(meter.threadNanos().getAsLong() - beganNanos);
  }

  private void advance(AsyncLibrary loaded, long now) {
    try {
      if (session == null) {
        retry(loaded, now);
        return;
      }
      deliver(session.dump());
      if (!session.running()) {
        giveWay(now, "somebody else stopped async-profiler");
      } else if (session.sizeBytes() > RESTART_BYTES || hoardsFiles(session)) {
        deliver(session.stop());
        session = AsyncSession.start(loaded, event(), periodNanos);
      }
    } catch (IOException | CpuSamplerException | RuntimeException e) {
      giveWay(now, firstLine(e));
    }
  }

  /**
   * By perf_events where they may be used: their clock is exact where POSIX timers miss ticks on a
   * busy machine, and they show kernel frames.
   */
  private String event() {
    return tooManyThreads() ? AsyncSession.CTIMER : AsyncSession.CPU;
  }

  private boolean hoardsFiles(AsyncSession current) {
    return current.event().equals(AsyncSession.CPU) && tooManyThreads();
  }

  /** perf_events take a file descriptor per thread, which the application may need. */
  private boolean tooManyThreads() {
    return LINUX && meter.threads().getAsInt() > meter.maxFiles().getAsLong() / FILES_DIVISOR;
  }

  private void retry(AsyncLibrary loaded, long now) throws CpuSamplerException {
    if (now >= retryNanos) {
      session = AsyncSession.start(loaded, event(), periodNanos);
      log.over(TROUBLE);
      log.info("CPU sampling with async-profiler goes on");
    }
  }

  private void giveWay(long now, String why) {
    close();
    retryNanos = now + RETRY_NANOS;
    log.errorOnce(TROUBLE, "no CPU samples for now, trying again every minute: " + why);
  }

  private void close() {
    AsyncSession ending = session;
    session = null;
    try {
      if (ending != null) {
        deliver(ending.stop());
      }
    } catch (IOException | RuntimeException e) {
      log.debug("end of async-profiler: " + firstLine(e));
    }
  }

  private void deliver(List<ByteBuffer> chunks) throws IOException {
    // async-profiler's monotonic clock is that of System.nanoTime.
    long epochShiftNanos = ticker.epochNanos() - System.nanoTime();
    for (ByteBuffer chunk : chunks) {
      long samples =
          new AsyncChunk(chunk, cutStacks).deliver(epochShiftNanos, withoutAgentThreads());
      if (lost != null) {
        lost.arrived(samples);
      }
    }
  }

  private CpuSink withoutAgentThreads() {
    return new CpuSink() {
      @Override
      public void sample(long epochNanos, long threadId, List<Frame> frames, long samples) {
        if (!agentThreads.contains(threadId)) {
          sink.sample(epochNanos, threadId, frames, samples);
        }
      }

      @Override
      public void lost(long samples) {
        sink.lost(samples);
      }
    };
  }

  @Override
  public synchronized void stop() {
    long processNanos = meter.processNanos().getAsLong();
    close();
    cutStacks.watch(false);
    if (lost != null) {
      sink.lost(lost.take(processNanos, meter.threads().getAsInt()));
      lost = null;
    }
    profiler = null;
  }
}
