package org.jvmpprof.agent.cpu;

import java.lang.instrument.Instrumentation;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.stack.Frame;

/**
 * A program that uses CPU time under a {@link JfrCpuSampler} and ends as its argument says. As its
 * own agent it gets at an Instrumentation. A shutdown hook stops the sampler and prints {@code
 * RESULT burnt-millis sampled-millis deepest-stack}.
 */
final class BurningProgram implements CpuSink {
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long BURN_MILLIS = 2_000;
  private static @Nullable Instrumentation instrumentation;

  private final AtomicLong samples = new AtomicLong();
  private final AtomicInteger depth = new AtomicInteger();
  private double work;
  private volatile long burntMillis;

  private BurningProgram() {}

  /** Called by the JVM before main. */
  public static void premain(@Nullable String args, Instrumentation given) {
    instrumentation = given;
  }

  /** Takes one of {@code return}, {@code exit}, {@code throw} and {@code wait}. */
  public static void main(String[] args) throws InterruptedException {
    new BurningProgram().run(args[0]);
  }

  private void run(String end) throws InterruptedException {
    AgentThreads threads = new AgentThreads();
    AgentLog log = new AgentLog(System.out, AgentLog.Level.DEBUG);
    JfrCpuSampler sampler =
        new JfrCpuSampler(
            this, PERIOD_NANOS, threads, log, Objects.requireNonNull(instrumentation));
    try {
      sampler.start();
    } catch (CpuSamplerException e) {
      System.out.println("REFUSED " + e.getMessage());
      return;
    }
    Runtime.getRuntime().addShutdownHook(threads.create("exit", () -> finish(sampler)));
    burn(200);
    switch (end) {
      case "exit" -> System.exit(0);
      case "throw" -> throw new IllegalStateException("on purpose");
      case "wait" -> {
        System.out.println("READY");
        Thread.currentThread().join();
      }
      default -> {}
    }
  }

  private void burn(int frames) {
    if (frames > 0) {
      burn(frames - 1);
      return;
    }
    ThreadMXBean bean = ManagementFactory.getThreadMXBean();
    long begin = bean.getCurrentThreadCpuTime();
    long used = 0;
    while (used < TimeUnit.MILLISECONDS.toNanos(BURN_MILLIS)) {
      // Mostly Java code: ticks inside the JVM, as when it reads the clock, give no stack.
      for (int i = 0; i < 100_000; i++) {
        work = Math.sqrt(work + i);
      }
      used = bean.getCurrentThreadCpuTime() - begin;
    }
    burntMillis = TimeUnit.NANOSECONDS.toMillis(used);
  }

  private void finish(JfrCpuSampler sampler) {
    sampler.stop();
    long sampledMillis = samples.get() * TimeUnit.NANOSECONDS.toMillis(PERIOD_NANOS);
    System.out.println("RESULT " + burntMillis + " " + sampledMillis + " " + depth.get());
  }

  @Override
  public void sample(long epochNanos, long threadId, List<Frame> frames, long count) {
    if (frames.stream().anyMatch(frame -> frame.function().name().endsWith("Program.burn"))) {
      samples.addAndGet(count);
      depth.accumulateAndGet(frames.size(), Math::max);
    }
  }

  @Override
  public void lost(long count) {
    samples.addAndGet(count);
  }
}
