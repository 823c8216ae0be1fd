package org.jvmpprof.agent.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.time.Ticker;

class TimerCpuSamplerTest {
  private static final long PERIOD_NANOS = 10_000_000;

  private final Samples samples = new Samples();
  private final AgentThreads agentThreads = new AgentThreads();
  private final AtomicBoolean done = new AtomicBoolean();
  private final CountDownLatch never = new CountDownLatch(1);
  private final TimerCpuSampler sampler =
      new TimerCpuSampler(
          samples,
          PERIOD_NANOS,
          agentThreads,
          new AgentLog(System.err, AgentLog.Level.DEBUG),
          Ticker.system());

  @AfterEach
  void end() {
    done.set(true);
    never.countDown();
    sampler.stop();
  }

  @Test
  void start_busyThread_isSampledWhereItWorks() throws Exception {
    sampler.start();
    Thread busy = new Thread(this::spinUntilDone, "busy");
    busy.start();
    await().until(() -> samples.count(sample -> sample.has(Work.SPIN)) >= 5);
    assertThat(samples.count(sample -> sample.has(Work.SPIN) && sample.threadId() != id(busy)))
        .isZero();
    assertThat(samples.count(sample -> sample.root().equals("java.lang.Thread.run")))
        .isGreaterThanOrEqualTo(5);
  }

  @Test
  void start_waitingAndAgentThreads_areNotSampled() throws Exception {
    sampler.start();
    Thread waiting = new Thread(this::waitForever, "waiting");
    waiting.start();
    Thread agent = agentThreads.start("test", this::spinUntilDone);
    Thread busy = new Thread(this::spinUntilDone, "busy");
    busy.start();
    await().until(() -> samples.count(sample -> sample.threadId() == id(busy)) >= 5);
    assertThat(samples.count(sample -> sample.threadId() == id(waiting))).isZero();
    assertThat(samples.count(sample -> sample.threadId() == id(agent))).isZero();
  }

  @Test
  void stop_afterWork_hasItAllAndEndsSampling() throws Exception {
    sampler.start();
    long threadId = id(Thread.currentThread());
    Work.spin(300);
    sampler.stop();
    long atStop = samples.count(sample -> sample.threadId() == threadId);
    assertThat(atStop).isBetween(30L, 45L);
    Work.spin(50);
    sampler.stop();
    assertThat(samples.count(sample -> sample.threadId() == threadId)).isEqualTo(atStop);
  }

  @Test
  void stop_neverStarted_doesNothing() {
    sampler.stop();
    assertThat(samples.count(sample -> true)).isZero();
  }

  private void spinUntilDone() {
    while (!done.get()) {
      Work.spin(1);
    }
  }

  private void waitForever() {
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @SuppressWarnings("deprecation") // Thread.threadId() exists from 19 on
  private static long id(Thread thread) {
    return thread.getId();
  }
}
