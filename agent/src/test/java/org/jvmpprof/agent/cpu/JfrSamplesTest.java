package org.jvmpprof.agent.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.Timespan;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.time.Ticker;

/** With events of the same fields as the JVM's, which every JFR can record. */
class JfrSamplesTest implements CpuSink {
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  @TempDir Path dir;

  private final AgentThreads agentThreads = new AgentThreads();
  private final JfrSamples samples = new JfrSamples(this, PERIOD_NANOS, agentThreads);
  private final List<Sample> taken = new ArrayList<>();
  private long lost;

  private record Sample(long epochNanos, long threadId, List<Frame> frames, long count) {}

  @Name("test.CPUTimeSample")
  static class CpuTimeSample extends Event {
    @Timespan(Timespan.NANOSECONDS)
    long samplingPeriod;
  }

  @Name("test.CPUTimeSamplesLost")
  static class CpuTimeSamplesLost extends Event {
    int lostSamples;
  }

  @Override
  public void sample(long epochNanos, long threadId, List<Frame> frames, long count) {
    taken.add(new Sample(epochNanos, threadId, frames, count));
  }

  @Override
  public void lost(long count) {
    lost += count;
  }

  @Test
  @SuppressWarnings("deprecation") // Thread.threadId() exists from 19 on
  void onSample_onePeriod_givesOneSampleLeafFirst() throws IOException {
    long before = Ticker.system().epochNanos();
    List<RecordedEvent> events = record(true, this::emitOne, this::emitOne);
    long after = Ticker.system().epochNanos();
    events.forEach(samples::onSample);

    Sample second = taken.get(1);
    assertThat(second.count()).isEqualTo(1);
    assertThat(second.threadId()).isEqualTo(Thread.currentThread().getId());
    long slackNanos = TimeUnit.SECONDS.toNanos(1);
    assertThat(second.epochNanos()).isBetween(before - slackNanos, after + slackNanos);
    Frame leaf = second.frames().get(0);
    assertThat(leaf.function().name()).isEqualTo("org.jvmpprof.agent.cpu.JfrSamplesTest.emit");
    assertThat(leaf.function().file()).isEqualTo("org/jvmpprof/agent/cpu/JfrSamplesTest.java");
    assertThat(leaf.line()).isPositive();
    assertThat(second.frames().get(1).function().name()).endsWith("JfrSamplesTest.emitOne");
    assertThat(second.frames().get(second.frames().size() - 1)).isNotEqualTo(leaf);
  }

  @Test
  void onSample_sameMethodAgain_givesTheSameFunction() throws IOException {
    record(true, this::emitOne, this::emitOne).forEach(samples::onSample);
    assertThat(taken.get(1).frames().get(0).function())
        .isSameAs(taken.get(0).frames().get(0).function());
  }

  @Test
  void onSample_noStack_isKeptAsUnknown() throws IOException {
    record(false, this::emitOne).forEach(samples::onSample);
    assertThat(taken).hasSize(1);
    assertThat(taken.get(0).frames())
        .singleElement()
        .satisfies(frame -> assertThat(frame.function().name()).isEqualTo("[jvm] unknown"));
  }

  @Test
  void onSample_mergedTicks_givesSeveralSamples() throws IOException {
    record(true, this::emitOne, () -> emit(3 * PERIOD_NANOS)).forEach(samples::onSample);
    assertThat(taken.get(1).count()).isEqualTo(3);
  }

  @Test
  void onSample_anotherRecordingWantsMore_keepsTheMean() throws IOException {
    List<RecordedEvent> events = record(true, () -> emit(PERIOD_NANOS * 2 / 5));
    for (int i = 0; i < 10_000; i++) {
      events.forEach(samples::onSample);
    }
    assertThat(count()).isCloseTo(4_000, within(400L));
  }

  @Test
  void onSample_firstOfItsThread_bearsHalfAPeriodAndHalfATickMore() throws IOException {
    List<RecordedEvent> events = record(true, this::emitOne);
    for (int i = 0; i < 2_000; i++) {
      events.forEach(new JfrSamples(this, PERIOD_NANOS, agentThreads)::onSample);
    }
    assertThat(count()).isCloseTo(3_200, within(150L));
  }

  @Test
  void onSample_agentThread_isLeftOut() throws IOException {
    agentThreads.adoptCurrent();
    record(true, this::emitOne).forEach(samples::onSample);
    assertThat(taken).isEmpty();
  }

  @Test
  void onLost_someSamples_areCounted() throws IOException {
    record(false, () -> emitLost(7)).forEach(samples::onLost);
    assertThat(lost).isEqualTo(7);
  }

  private long count() {
    return taken.stream().mapToLong(Sample::count).sum();
  }

  private void emitOne() {
    emit(PERIOD_NANOS);
  }

  private static void emit(long samplingPeriod) {
    CpuTimeSample event = new CpuTimeSample();
    event.samplingPeriod = samplingPeriod;
    event.commit();
  }

  private static void emitLost(int lostSamples) {
    CpuTimeSamplesLost event = new CpuTimeSamplesLost();
    event.lostSamples = lostSamples;
    event.commit();
  }

  private List<RecordedEvent> record(boolean stacks, Runnable... emitters) throws IOException {
    Path file = dir.resolve("events.jfr");
    try (Recording recording = new Recording()) {
      var settings = recording.enable(CpuTimeSample.class);
      if (!stacks) {
        settings.withoutStackTrace();
      }
      recording.enable(CpuTimeSamplesLost.class);
      recording.start();
      for (Runnable emitter : emitters) {
        emitter.run();
      }
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file);
  }
}
