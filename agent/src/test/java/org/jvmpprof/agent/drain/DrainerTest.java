package org.jvmpprof.agent.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.jvmpprof.agent.event.Event;
import org.jvmpprof.agent.event.EventBuffer;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.profile.EventSink;
import org.jvmpprof.agent.profile.Labels;
import org.jvmpprof.agent.profile.ProfileType;
import org.jvmpprof.agent.profile.Sample;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.stack.Function;
import org.jvmpprof.agent.stack.Stack;
import org.jvmpprof.agent.stack.StackTable;

class DrainerTest {
  private static final Event EVENT =
      new Event(1, List.of(new Frame(Function.named("f"), 1)), Labels.NONE, 2, 20);

  private final EventBuffer buffer = new EventBuffer(ProfileType.CPU, 16);
  private final StackTable stacks = new StackTable(10, 10);
  private final Received received = new Received();
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final AgentLog log =
      new AgentLog(new PrintStream(logged, true, StandardCharsets.UTF_8), AgentLog.Level.INFO);

  @Test
  void run_events_arriveWithinTheNextRound() {
    Drainer drainer = drainer(() -> {});
    Thread thread = start(drainer);
    buffer.offer(EVENT);
    await().until(() -> received.events.size() == 1);
    assertThat(received.events).containsExactly("f 2 20");
    drainer.stop();
    await().until(() -> !thread.isAlive());
  }

  @Test
  void stop_eventsWaiting_areDeliveredBeforeTheEnd() {
    Drainer drainer = drainer(() -> {});
    buffer.offer(EVENT);
    drainer.stop();
    drainer.run();
    assertThat(received.events).containsExactly("f 2 20");
    assertThat(received.flushes).hasValue(1);
  }

  @Test
  void run_sourceThrows_costsOneLineAndGoesOn() {
    Drainer drainer =
        drainer(
            () -> {
              throw new IllegalStateException("broken");
            });
    Thread thread = start(drainer);
    await().until(() -> received.flushes.get() > 2);
    buffer.offer(EVENT);
    await().until(() -> received.events.size() == 1);
    drainer.stop();
    await().until(() -> !thread.isAlive());
    assertThat(logged.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .contains("broken");
  }

  @Test
  void run_interrupted_goesOn() {
    Drainer drainer = drainer(() -> {});
    Thread thread = start(drainer);
    thread.interrupt();
    buffer.offer(EVENT);
    await().until(() -> received.events.size() == 1);
    drainer.stop();
    await().until(() -> !thread.isAlive());
  }

  @Test
  void drainNow_eventWaiting_isDeliveredWhenItReturns() throws InterruptedException {
    Drainer drainer = drainer(() -> {});
    Thread thread = start(drainer);
    for (int i = 1; i <= 20; i++) {
      buffer.offer(EVENT);
      drainer.drainNow(Duration.ofMinutes(1));
      assertThat(received.events).hasSize(i);
    }
    drainer.stop();
    await().until(() -> !thread.isAlive());
  }

  @Test
  void drainNow_stopped_doesNotWait() throws InterruptedException {
    Drainer drainer = drainer(() -> {});
    drainer.stop();
    drainer.run();
    drainer.drainNow(Duration.ofHours(1));
    assertThat(received.flushes).hasValue(1);
  }

  private Drainer drainer(Runnable source) {
    return new Drainer(List.of(source), List.of(buffer), this::interned, received, log);
  }

  private Sample interned(Event event) {
    Stack stack = stacks.intern(event.frames());
    return new Sample(event.epochNanos(), stack, event.labels(), event.count(), event.amount());
  }

  private static Thread start(Drainer drainer) {
    Thread thread = new Thread(drainer);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static final class Received implements EventSink {
    final List<String> events = new CopyOnWriteArrayList<>();
    final AtomicInteger flushes = new AtomicInteger();

    @Override
    public void add(ProfileType type, Sample sample) {
      String leaf = sample.stack().locations().get(0).function().name();
      events.add(leaf + " " + sample.count() + " " + sample.amount());
    }

    @Override
    public void flush() {
      flushes.incrementAndGet();
    }
  }
}
