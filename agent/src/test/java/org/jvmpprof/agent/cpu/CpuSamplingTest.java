package org.jvmpprof.agent.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.stack.Frame;

class CpuSamplingTest {
  private final AtomicLong now = new AtomicLong(1000);
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final AgentLog log =
      new AgentLog(new PrintStream(logged, true, StandardCharsets.UTF_8), AgentLog.Level.INFO);
  private final List<Long> sampled = new ArrayList<>();
  private final Fake bridge = new Fake("bridge", null);
  private final Fake broken = new Fake("broken", "it is broken");
  private final Fake better = new Fake("better", null);
  private final CpuSink sink =
      new CpuSink() {
        @Override
        public void sample(long epochNanos, long threadId, List<Frame> frames, long samples) {
          sampled.add(epochNanos);
        }

        @Override
        public void lost(long samples) {}
      };

  @Test
  void start_betterSamplerWorks_handsOverAtOneInstant() {
    CpuSampling sampling = sampling(bridge, better);
    bridge.whenStopped = () -> bridge.sample(1000);
    better.whenStarted = () -> better.sample(999);
    start(sampling);
    better.sample(999);
    better.sample(1000);
    better.sample(1001);
    assertThat(sampled).containsExactly(1000L, 1000L, 1001L);
    assertThat(bridge.stops).isEqualTo(1);
    assertThat(sampling.engine()).contains("better: about better");
  }

  @Test
  void start_oneSamplerBroken_saysSoAndTakesTheNext() {
    CpuSampling sampling = sampling(bridge, broken, better);
    start(sampling);
    assertThat(sampling.engine()).contains("better: about better");
    assertThat(logged.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "jvm-pprof: cpu-engine broken is not available: it is broken;"
                + " sampling with better: about better");
  }

  @Test
  void start_allBetterBroken_staysWithTheBridge() {
    CpuSampling sampling = sampling(bridge, broken);
    start(sampling);
    bridge.sample(2000);
    assertThat(sampled).containsExactly(2000L);
    assertThat(bridge.stops).isZero();
    assertThat(sampling.engine()).contains("bridge: about bridge");
  }

  @Test
  void flush_afterTheHandOver_asksTheBetterOne() throws Exception {
    CpuSampling sampling = sampling(bridge, better);
    sampling.flush(500);
    start(sampling);
    sampling.flush(1000);
    assertThat(better.flushedUntil).isEqualTo(1000);
    assertThat(bridge.flushedUntil).isZero();
  }

  @Test
  void awaitStart_afterStart_returnsAtOnce() throws Exception {
    CpuSampling works = sampling(bridge);
    start(works);
    works.awaitStart(Duration.ofDays(1));
    assertThat(works.engine()).isPresent();
    CpuSampling fails = sampling(broken);
    start(fails);
    fails.awaitStart(Duration.ofDays(1));
    assertThat(fails.hasFailed()).isTrue();
  }

  @Test
  void awaitStart_neverStarted_givesUp() throws Exception {
    CpuSampling sampling = sampling(bridge);
    sampling.awaitStart(Duration.ofMillis(1));
    assertThat(sampling.engine()).isEmpty();
  }

  @Test
  void hasFailed_nothingWorks_isTrueOnceThatIsKnown() {
    CpuSampling sampling = sampling(broken, broken);
    assertThat(sampling.hasFailed()).isFalse();
    start(sampling);
    assertThat(sampling.hasFailed()).isTrue();
  }

  @Test
  void stop_whileTheBetterOneStarts_stopsBothAndDeliversTheBridge() {
    CpuSampling sampling = sampling(bridge, better);
    bridge.whenStopped = () -> bridge.sample(1000);
    better.whenStarted = sampling::stop;
    start(sampling);
    better.sample(1001);
    assertThat(bridge.stops).isEqualTo(1);
    assertThat(better.stops).isEqualTo(1);
    assertThat(sampled).containsExactly(1000L);
  }

  @Test
  void start_nothingWorks_saysThatThereIsNoProfile() {
    start(sampling(broken));
    assertThat(logged.toString(StandardCharsets.UTF_8)).contains("no CPU profile");
  }

  private CpuSampling sampling(Fake... fakes) {
    List<CpuSampling.Maker> makers =
        List.of(fakes).stream().map(fake -> (CpuSampling.Maker) fake::deliverTo).toList();
    return new CpuSampling(makers, sink, now::get, log);
  }

  private static final class Fake implements CpuSampler {
    private final String engine;
    private final @Nullable String problem;
    private @Nullable CpuSink to;
    private Runnable whenStarted = () -> {};
    private Runnable whenStopped = () -> {};
    private int stops;
    private long flushedUntil;

    Fake(String engine, @Nullable String problem) {
      this.engine = engine;
      this.problem = problem;
    }

    CpuSampler deliverTo(CpuSink sink) {
      to = sink;
      return this;
    }

    void sample(long epochNanos) {
      if (to != null) {
        to.sample(epochNanos, 1, List.of(), 1);
      }
    }

    @Override
    public String engine() {
      return engine;
    }

    @Override
    public String about() {
      return "about " + engine;
    }

    @Override
    public void start() throws CpuSamplerException {
      if (problem != null) {
        throw new CpuSamplerException(problem);
      }
      whenStarted.run();
    }

    @Override
    public void poll() {}

    @Override
    public void flush(long untilEpochNanos) {
      flushedUntil = untilEpochNanos;
    }

    @Override
    public void stop() {
      stops++;
      whenStopped.run();
    }
  }

  private static void start(CpuSampling sampling) {
    sampling.begin();
    sampling.improve();
  }
}
