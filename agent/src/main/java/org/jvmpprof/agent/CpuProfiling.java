package org.jvmpprof.agent;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.control.CpuCollection;
import org.jvmpprof.agent.cpu.CpuEvents;
import org.jvmpprof.agent.cpu.CpuSampling;
import org.jvmpprof.agent.event.EventBuffer;
import org.jvmpprof.agent.options.AgentOptions;
import org.jvmpprof.agent.profile.ProfileType;
import org.jvmpprof.agent.profile.Windows;

/** The CPU profile: sampled from start to end, if it is on, for files and for whoever collects. */
final class CpuProfiling {
  /** A second of samples from 160 busy threads. */
  private static final int BUFFER_EVENTS = 1 << 14;

  /** Samplers that hand over once a second are this late at most. */
  private static final Duration LATENESS = Duration.ofSeconds(2);

  private final Pipeline pipeline;
  private final Surroundings around;
  private final Windows windows;
  private final @Nullable CpuSampling sampling;

  /** Adds itself to the pipeline. */
  CpuProfiling(
      AgentOptions options, Pipeline pipeline, LabelsOfThreads labels, Surroundings around) {
    this.pipeline = pipeline;
    this.around = around;
    long periodNanos = TimeUnit.SECONDS.toNanos(1) / Math.max(1, options.cpuHz());
    windows = new Windows(ProfileType.CPU, periodNanos);
    sampling = options.cpuHz() == 0 ? null : sampling(options, periodNanos, labels);
  }

  boolean isOn() {
    return sampling != null;
  }

  /** Begins to sample. */
  void begin() {
    if (sampling != null) {
      sampling.begin();
    }
  }

  /** Goes over to the best sampler that works, which takes up to a second. */
  void improve() {
    if (sampling != null) {
      sampling.improve();
    }
  }

  /** Stops, after all that was sampled has been handed over. */
  void stop() {
    if (sampling != null) {
      sampling.stop();
    }
  }

  /** Begins to collect; empty when there are no samples. */
  Optional<CpuCollection> collect() {
    return sampling == null
        ? Optional.empty()
        : CpuWindow.open(windows, sampling, pipeline::awaitEvents, around.ticker());
  }

  /** The engine and what it does not see; empty while that may change. */
  Optional<String> engine() {
    return Optional.ofNullable(sampling)
        .flatMap(CpuSampling::engine)
        .map(engine -> engine + around.inliningGap().map(gap -> "; " + gap).orElse(""));
  }

  private CpuSampling sampling(AgentOptions options, long periodNanos, LabelsOfThreads labels) {
    EventBuffer events = new EventBuffer(ProfileType.CPU, BUFFER_EVENTS);
    pipeline.addBuffer(events);
    pipeline.addFiles(ProfileType.CPU, periodNanos, LATENESS);
    pipeline.send(ProfileType.CPU, windows, windows::add);
    CpuSampling cpu =
        new CpuSampling(
            CpuSamplers.of(options.cpuEngine(), periodNanos, labels, around),
            new CpuEvents(events, labels::ofThread, periodNanos, around.ticker()),
            around.ticker(),
            around.log());
    pipeline.addSource(cpu::poll);
    return cpu;
  }
}
