package org.jvmpprof.agent.contention;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingStream;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.jfr.JfrValues;

/**
 * Turns JFR's {@code jdk.JavaMonitorEnter} into events of the block profile: those of monitors
 * without hooks. JFR does not tell of a thread that got the monitor while it was still spinning.
 * Used by the event-stream thread only.
 */
final class MonitorEnters {
  private static final String ENTER = "jdk.JavaMonitorEnter";

  /** Each costs the application a stack and this thread some microseconds. */
  private static final int MAX_EVENTS_PER_FLUSH = 10_000;

  private static final long FIRST_THRESHOLD_NANOS = TimeUnit.MICROSECONDS.toNanos(16);
  private static final long LAST_THRESHOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(16);

  private final Weaving weaving;
  private final AgentThreads agentThreads;
  private final UnhookedWaits waits;
  private long thresholdNanos;
  private int events;

  MonitorEnters(Weaving weaving, AgentThreads agentThreads, UnhookedWaits waits) {
    this.weaving = weaving;
    this.agentThreads = agentThreads;
    this.waits = waits;
  }

  /** Asks a stream for the events. */
  void connect(RecordingStream stream) {
    thresholdNanos = 0;
    stream.enable(ENTER).withStackTrace().withThreshold(Duration.ZERO);
    stream.onEvent(ENTER, this::onEnter);
    stream.onFlush(() -> adapt(stream));
  }

  /** Gives up the shortest waits while there are too many; called once a second. */
  private void adapt(RecordingStream stream) {
    long wanted = adapted(thresholdNanos, events);
    events = 0;
    if (wanted != thresholdNanos) {
      thresholdNanos = wanted;
      stream.enable(ENTER).withThreshold(Duration.ofNanos(wanted));
    }
  }

  /** The threshold to have after a second with so many events. */
  static long adapted(long thresholdNanos, int events) {
    if (events > MAX_EVENTS_PER_FLUSH) {
      return Math.min(Math.max(2 * thresholdNanos, FIRST_THRESHOLD_NANOS), LAST_THRESHOLD_NANOS);
    }
    if (events > MAX_EVENTS_PER_FLUSH / 8) {
      return thresholdNanos;
    }
    return thresholdNanos <= FIRST_THRESHOLD_NANOS ? 0 : thresholdNanos / 2;
  }

  private void onEnter(RecordedEvent event) {
    events++;
    RecordedStackTrace stack = event.getStackTrace();
    RecordedThread thread = event.getThread();
    if (stack == null
        || stack.getFrames().isEmpty()
        || thread == null
        || agentThreads.contains(thread.getJavaThreadId())
        || isHooked(stack.getFrames().get(0))) {
      return;
    }
    waits.add(
        trace(stack), JfrValues.epochNanos(event.getEndTime()), event.getDuration().toNanos());
  }

  /** The monitor of a method is entered before its first instruction, that of a block later. */
  private boolean isHooked(RecordedFrame top) {
    RecordedMethod method = top.getMethod();
    return weaving.isHooked(
        JfrValues.className(method),
        method.getName().concat(method.getDescriptor()),
        top.getBytecodeIndex() <= 0);
  }

  private static StackTraceElement[] trace(RecordedStackTrace stack) {
    return stack.getFrames().stream().map(MonitorEnters::element).toArray(StackTraceElement[]::new);
  }

  private static StackTraceElement element(RecordedFrame frame) {
    RecordedMethod method = frame.getMethod();
    return new StackTraceElement(
        JfrValues.className(method), method.getName(), null, frame.getLineNumber());
  }
}
