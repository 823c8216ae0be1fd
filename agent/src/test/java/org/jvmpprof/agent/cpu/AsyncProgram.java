package org.jvmpprof.agent.cpu;

import java.util.concurrent.CountDownLatch;
import one.profiler.AsyncProfiler;
import one.profiler.Counter;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.jvm.ClosedJvm;
import org.jvmpprof.agent.log.AgentLog;

/**
 * Programs for a JVM of their own, since async-profiler exists once in a class loader. They print
 * {@code key=value} lines; the agent's log goes to standard output too.
 */
final class AsyncProgram {
  private static final long PERIOD_NANOS = 10_000_000;

  private static final Samples SAMPLES = new Samples();
  private static final AgentThreads AGENT_THREADS = new AgentThreads();
  private static final CountDownLatch NEVER = new CountDownLatch(1);

  private AsyncProgram() {}

  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "work" -> work();
      case "hook" -> stopInHook();
      case "exit" -> sampler().start();
      case "beside" -> beside(args[1].equals("before"));
      case "restart" -> restart(args[1]);
      case "start" -> tryToStart();
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static AsyncCpuSampler sampler() {
    AgentLog log = new AgentLog(System.out, AgentLog.Level.DEBUG);
    return new AsyncCpuSampler(
        SAMPLES, PERIOD_NANOS, AGENT_THREADS, log, ClosedJvm.instrumentation(), new AsTheyAre());
  }

  private static void work() throws Exception {
    ProcessMeter meter = ProcessMeter.system();
    AsyncCpuSampler sampler = sampler();
    sampler.start();
    long beganNanos = System.currentTimeMillis() * 1_000_000;
    long cpuNanos = meter.processNanos().getAsLong();
    Thread waiting = new Thread(AsyncProgram::waitForever, "waiting");
    waiting.setDaemon(true);
    waiting.start();
    Thread agent = AGENT_THREADS.start("test", () -> Work.spin(200));
    for (int i = 0; i < 15; i++) {
      Work.spin(100);
      sampler.poll();
    }
    Work.collectGarbage(30);
    agent.join();
    sampler.stop();
    cpuNanos = meter.processNanos().getAsLong() - cpuNanos;
    sampler.stop();
    print("cpu", cpuNanos / PERIOD_NANOS);
    print("known", SAMPLES.count(sample -> true) + SAMPLES.countLost());
    print("spin", SAMPLES.count(sample -> sample.has(Work.SPIN)));
    print("spinOfMain", SAMPLES.count(sample -> sample.has(Work.SPIN) && ofMain(sample)));
    print("waiting", SAMPLES.count(sample -> sample.threadId() == id(waiting)));
    print("agent", SAMPLES.count(sample -> sample.threadId() == id(agent)));
    print("gc", SAMPLES.count(sample -> sample.root().equals("[jvm] GC")));
    print("gcOfMain", SAMPLES.count(AsyncProgram::mixesGcWithApplication));
    long endedNanos = System.currentTimeMillis() * 1_000_000;
    print("early", SAMPLES.count(sample -> sample.epochNanos() < beganNanos - 500_000_000));
    print("late", SAMPLES.count(sample -> sample.epochNanos() > endedNanos + 10_000_000));
    print("lines", SAMPLES.count(AsyncProgram::hasLines));
  }

  private static boolean ofMain(Samples.Sample sample) {
    return sample.threadId() == id(Thread.currentThread())
        && sample.has(AsyncProgram.class.getName() + ".main");
  }

  private static boolean mixesGcWithApplication(Samples.Sample sample) {
    return sample.root().startsWith("[jvm] ") && sample.has(AsyncProgram.class.getName() + ".main");
  }

  private static boolean hasLines(Samples.Sample sample) {
    return sample.frames().stream()
        .anyMatch(
            frame ->
                frame.function().name().equals(Work.SPIN)
                    && frame.function().file().equals("org/jvmpprof/agent/cpu/Work.java")
                    && frame.line() > 0);
  }

  private static void stopInHook() throws Exception {
    AsyncCpuSampler sampler = sampler();
    sampler.start();
    Thread hook =
        AGENT_THREADS.create(
            "exit",
            () -> {
              sampler.stop();
              print("spin", SAMPLES.count(sample -> sample.has(Work.SPIN)));
            });
    Runtime.getRuntime().addShutdownHook(hook);
    Work.spin(500);
    System.exit(0);
  }

  private static void beside(boolean applicationFirst) throws Exception {
    AsyncCpuSampler sampler = sampler();
    AsyncProfiler application = AsyncProfiler.getInstance();
    // Not in step with ours: who is sampled within the other's signal handler sees that.
    String start = "start,event=cpu,interval=7ms,loglevel=none";
    if (applicationFirst) {
      application.execute(start);
      sampler.start();
    } else {
      sampler.start();
      application.execute(start);
    }
    Work.spin(1000);
    sampler.poll();
    print("status", application.execute("status").strip());
    sampler.stop();
    application.execute("stop");
    print("spin", SAMPLES.count(sample -> sample.has(Work.SPIN)));
    print("lost", SAMPLES.countLost());
    print(
        "spinOfApplication",
        application
            .dumpCollapsed(Counter.SAMPLES)
            .lines()
            .filter(line -> line.contains("Work.spin"))
            .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
            .sum());
  }

  private static void restart(String event) throws Exception {
    AsyncLibrary profiler = AsyncLibrary.load(ClosedJvm.instrumentation());
    long running = 0;
    for (int i = 0; i < 3; i++) {
      AsyncSession session = AsyncSession.start(profiler, event, PERIOD_NANOS);
      Work.spin(200);
      for (var chunk : session.dump()) {
        new AsyncChunk(chunk, new AsTheyAre()).deliver(0, SAMPLES);
      }
      running += session.running() ? 1 : 0;
      Work.spin(200);
      for (var chunk : session.stop()) {
        new AsyncChunk(chunk, new AsTheyAre()).deliver(0, SAMPLES);
      }
    }
    print("running", running);
    print("spin", SAMPLES.count(sample -> sample.has(Work.SPIN)));
  }

  private static void tryToStart() {
    AsyncCpuSampler sampler = sampler();
    try {
      sampler.start();
      print("started", true);
    } catch (CpuSamplerException e) {
      print("refused", e.getMessage());
    }
    sampler.poll();
    sampler.stop();
  }

  private static void waitForever() {
    try {
      NEVER.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @SuppressWarnings("deprecation") // Thread.threadId() exists from 19 on
  private static long id(Thread thread) {
    return thread.getId();
  }

  private static void print(String key, @Nullable Object value) {
    System.out.println(key + "=" + value);
  }
}
