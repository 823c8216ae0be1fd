package org.jvmpprof.benchmarks.overhead;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;

/** Measures one child JVM from its start to its end. */
final class Watch {
  private static final long START_UP_POLL_MILLIS = 100;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;

  /** Of less, steps of 10 ms give no ratio. */
  private static final double MIN_RATIO_CPU_NANOS = 1e9;

  private Watch() {}

  /** Watches a {@link Load}. */
  static Map<Metric, Double> load(ChildJvm jvm) throws IOException, InterruptedException {
    CpuClock clock = new CpuClock(jvm.handle());
    Mark first = awaitWarm(jvm, clock);
    CpuClock.Reading begin = clock.read();
    jvm.awaitLine(Mark.PREFIX);
    CpuClock.Reading half = clock.read();
    Mark last = Mark.parse(jvm.awaitLine(Mark.PREFIX));
    CpuClock.Reading end = clock.read();
    double megabytes = ResidentMemory.read(Path.of("/proc/" + jvm.handle().pid() + "/status"));
    jvm.end();
    jvm.requireProfile();
    double operations = last.operations() - first.operations();
    double processNanos = end.processNanos() - begin.processNanos();
    double halfNanos = end.wallNanos() - half.wallNanos();
    return Map.of(
        Metric.RATE, operations * NANOS_PER_SECOND / (last.nanos() - first.nanos()),
        Metric.EFFICIENCY, operations * NANOS_PER_SECOND / processNanos,
        Metric.TOOL, 100.0 * end.toolNanos() / (end.wallNanos() - jvm.startNanos()),
        Metric.TOOL_STEADY, 100.0 * (end.toolNanos() - half.toolNanos()) / halfNanos,
        Metric.MEMORY, megabytes);
  }

  /** Threads that a tool needs only to come up are gone soon; later, reading would disturb. */
  private static Mark awaitWarm(ChildJvm jvm, CpuClock clock) throws IOException {
    Timer poll = new Timer(true);
    poll.schedule(
        new TimerTask() {
          @Override
          public void run() {
            clock.read();
          }
        },
        0,
        START_UP_POLL_MILLIS);
    try {
      return Mark.parse(jvm.awaitLine(Mark.PREFIX));
    } finally {
      poll.cancel();
    }
  }

  /** Watches what says hello and ends. */
  static Map<Metric, Double> hello(ChildJvm jvm) throws IOException, InterruptedException {
    jvm.awaitLine(Hello.GREETING);
    double firstLineNanos = System.nanoTime() - jvm.startNanos();
    double cpuNanos = new CpuClock(jvm.handle()).read().processNanos();
    double megabytes = ResidentMemory.megabytes(jvm.awaitLine(ResidentMemory.PREFIX));
    jvm.end();
    double exitNanos = System.nanoTime() - jvm.startNanos();
    Map<Metric, Double> figures = new EnumMap<>(Metric.class);
    figures.put(Metric.FIRST_LINE_RATIO, firstLineNanos / NANOS_PER_MILLI);
    figures.put(Metric.FIRST_LINE, firstLineNanos / NANOS_PER_MILLI);
    if (cpuNanos >= MIN_RATIO_CPU_NANOS) {
      figures.put(Metric.START_CPU_RATIO, cpuNanos / NANOS_PER_MILLI);
    }
    figures.put(Metric.START_CPU, cpuNanos / NANOS_PER_MILLI);
    figures.put(Metric.EXIT, exitNanos / NANOS_PER_MILLI);
    figures.put(Metric.MEMORY, megabytes);
    return figures;
  }
}
