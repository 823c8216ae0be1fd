package org.jvmpprof.agent;

import java.util.List;
import org.jvmpprof.agent.cpu.AsyncCpuSampler;
import org.jvmpprof.agent.cpu.CpuSampling;
import org.jvmpprof.agent.cpu.CutStacks;
import org.jvmpprof.agent.cpu.JfrCpuSampler;
import org.jvmpprof.agent.cpu.TimerCpuSampler;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.options.AgentOptions.CpuEngine;

/** Which CPU samplers serve which engine. */
final class CpuSamplers {
  /** JEP 509. */
  private static final int FIRST_WITH_JFR_CPU_TIME = 25;

  private CpuSamplers() {}

  /** The bridge first, then what is better, best first. */
  static List<CpuSampling.Maker> of(
      CpuEngine engine, long periodNanos, CutStacks cutStacks, Surroundings around) {
    AgentThreads threads = around.threads();
    AgentLog log = around.log();
    CpuSampling.Maker timer =
        sink -> new TimerCpuSampler(sink, periodNanos, threads, log, around.ticker());
    CpuSampling.Maker async =
        sink ->
            new AsyncCpuSampler(
                sink, periodNanos, threads, log, around.instrumentation(), cutStacks);
    CpuSampling.Maker jfr =
        sink -> new JfrCpuSampler(sink, periodNanos, threads, log, around.instrumentation());
    return switch (engine) {
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
