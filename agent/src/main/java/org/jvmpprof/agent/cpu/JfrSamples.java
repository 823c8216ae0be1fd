package org.jvmpprof.agent.cpu;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingStream;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.jfr.JfrValues;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.stack.Function;

/**
 * Turns JFR's {@code jdk.CPUTimeSample} and {@code jdk.CPUTimeSamplesLost} (JEP 509) into samples
 * of one period each. Used by the event-stream thread only.
 *
 * <p>An event says how much CPU time it stands for, and that is not always our period: timer ticks
 * that the kernel merged make it longer, another recording that wants a higher rate makes it
 * shorter. So periods are rounded to whole samples at random, up as often as keeps the mean.
 */
final class JfrSamples {
  /** What a sample is called whose stack JFR could not walk. */
  private static final List<Frame> UNKNOWN = List.of(new Frame(Function.named("[jvm] unknown"), 0));

  /** A kernel's clock ticks 250 to 1000 times a second. */
  private static final double HALF_TICK_NANOS = 1_000_000;

  private static final int MAX_FUNCTIONS = 8192;
  private static final int MAX_THREADS = 4096;

  private final CpuSink sink;
  private final long periodNanos;
  private final AgentThreads agentThreads;
  private final SplittableRandom random = new SplittableRandom();
  private final IdentityHashMap<RecordedMethod, Function> functions = new IdentityHashMap<>();
  private final Set<Long> threads = Collections.newSetFromMap(new RecentThreads());
  private double periodsPerEvent = 1;

  JfrSamples(CpuSink sink, long periodNanos, AgentThreads agentThreads) {
    this.sink = sink;
    this.periodNanos = periodNanos;
    this.agentThreads = agentThreads;
  }

  /** Asks a stream for the events. */
  void connect(RecordingStream stream) {
    stream.enable("jdk.CPUTimeSample").with("throttle", periodNanos + "ns");
    stream.enable("jdk.CPUTimeSamplesLost");
    stream.onEvent("jdk.CPUTimeSample", this::onSample);
    stream.onEvent("jdk.CPUTimeSamplesLost", this::onLost);
  }

  /** Hands a {@code jdk.CPUTimeSample} over. */
  void onSample(RecordedEvent event) {
    periodsPerEvent = (double) event.getDuration("samplingPeriod").toNanos() / periodNanos;
    RecordedThread thread = event.getThread();
    long threadId = thread == null ? 0 : thread.getJavaThreadId();
    if (agentThreads.contains(threadId)) {
      return;
    }
    long samples = round(periodsPerEvent + firstPartialPeriod(thread));
    if (samples > 0) {
      sink.sample(JfrValues.epochNanos(event.getStartTime()), threadId, frames(event), samples);
    }
  }

  /** Hands a {@code jdk.CPUTimeSamplesLost} over. */
  void onLost(RecordedEvent event) {
    sink.lost(round(event.getInt("lostSamples") * periodsPerEvent));
  }

  /**
   * JFR's timer of a thread first fires after a whole period, and the kernel sees it only at its
   * next clock tick. So what the thread uses after its last sample is never seen: half a period on
   * average and half a tick, much for a thread that lives for two periods. Go starts its timers at
   * a random phase for that reason; here the first sample of a thread bears it. Timers belong to
   * the carriers, so virtual threads bear none.
   */
  private double firstPartialPeriod(@Nullable RecordedThread thread) {
    boolean first =
        thread != null && thread.getOSThreadId() > 0 && threads.add(thread.getJavaThreadId());
    return first ? 0.5 + HALF_TICK_NANOS / periodNanos : 0;
  }

  private long round(double periods) {
    return (long) (periods + random.nextDouble());
  }

  private List<Frame> frames(RecordedEvent event) {
    RecordedStackTrace stack = event.getStackTrace();
    if (stack == null || stack.getFrames().isEmpty()) {
      return UNKNOWN;
    }
    if (functions.size() > MAX_FUNCTIONS) {
      functions.clear();
    }
    return stack.getFrames().stream().map(this::frame).toList();
  }

  private Frame frame(RecordedFrame frame) {
    Function function = functions.computeIfAbsent(frame.getMethod(), JfrSamples::function);
    return new Frame(function, Math.max(0, frame.getLineNumber()));
  }

  private static Function function(RecordedMethod method) {
    return Function.java(JfrValues.className(method), method.getName());
  }

  /** The threads seen lately; one that was quiet for long may count as new again. */
  private static final class RecentThreads extends LinkedHashMap<Long, Boolean> {
    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
      return size() > MAX_THREADS;
    }
  }
}
