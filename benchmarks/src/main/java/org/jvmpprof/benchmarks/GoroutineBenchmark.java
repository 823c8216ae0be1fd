package org.jvmpprof.benchmarks;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.stack.StackTable;
import org.jvmpprof.agent.threads.GoroutineProfile;
import org.jvmpprof.agent.threads.LiveThreads;
import org.jvmpprof.agent.threads.StackDump;
import org.jvmpprof.agent.threads.ThreadLabels;
import org.jvmpprof.agent.threads.ThreadStarts;
import org.jvmpprof.agent.time.Ticker;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does a goroutine profile take, beside platform threads that wait, and one that starts
 * others all the time? Go's {@code BenchmarkGoroutine}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class GoroutineBenchmark {
  private static final int STACK_BYTES = 256 << 10;
  private static final int DEPTH = 20;

  /** Threads that wait. */
  @Param({"50", "500", "5000"})
  public int threads;

  /** Whether others come and go. */
  @Param({"false", "true"})
  public boolean churn;

  private final CountDownLatch end = new CountDownLatch(1);
  private final GoroutineProfile profile = profile();

  /** A profile that sees no virtual threads and no starts, for which it would take an agent. */
  private static GoroutineProfile profile() {
    Instrumentation none =
        (Instrumentation)
            Proxy.newProxyInstance(
                GoroutineBenchmark.class.getClassLoader(),
                new Class<?>[] {Instrumentation.class},
                (proxy, method, arguments) -> {
                  throw new UnsupportedOperationException();
                });
    AgentLog log = new AgentLog(System.err, AgentLog.Level.OFF);
    StackTable stacks = new StackTable(50_000, 100_000);
    return new GoroutineProfile(
        LiveThreads.of(none, new AgentThreads(), StackDump.NONE, log),
        new ThreadStarts(stacks),
        stacks,
        ThreadLabels.NONE,
        Ticker.system());
  }

  /** Starts the threads. */
  @Setup
  public void start() throws InterruptedException {
    CountDownLatch there = new CountDownLatch(threads);
    for (int i = 0; i < threads; i++) {
      run(() -> descend(DEPTH, there));
    }
    there.await();
    if (churn) {
      run(this::startOthers);
    }
  }

  /** Ends the threads. */
  @TearDown
  public void end() {
    end.countDown();
  }

  /** What the JDK alone takes for all stacks. */
  @Benchmark
  public Object baselineGetAllStackTraces() {
    return Thread.getAllStackTraces();
  }

  /** The profile. */
  @Benchmark
  public Object measureSnapshot() {
    return profile.snapshot();
  }

  /** The text of debug=2. */
  @Benchmark
  public Object measureDump() {
    return profile.dump();
  }

  private void descend(int frames, CountDownLatch there) {
    if (frames > 0) {
      descend(frames - 1, there);
      return;
    }
    there.countDown();
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void startOthers() {
    while (end.getCount() > 0) {
      try {
        run(() -> {}).join();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static Thread run(Runnable body) {
    Thread thread = new Thread(null, body, "benchmark", STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
