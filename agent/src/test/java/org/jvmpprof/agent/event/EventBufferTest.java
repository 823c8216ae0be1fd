package org.jvmpprof.agent.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.jvmpprof.agent.profile.Labels;
import org.jvmpprof.agent.profile.ProfileType;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.stack.Function;

class EventBufferTest {
  private static final List<Frame> FRAMES = List.of(new Frame(Function.named("f"), 1));

  @Test
  void drainTo_offered_givesAllInOrder() {
    EventBuffer buffer = new EventBuffer(ProfileType.CPU, 4);
    buffer.offer(event(1));
    buffer.offer(event(2));
    assertThat(drain(buffer)).containsExactly(event(1), event(2));
    assertThat(drain(buffer)).isEmpty();
  }

  @Test
  void offer_full_dropsAndCounts() {
    EventBuffer buffer = new EventBuffer(ProfileType.CPU, 2);
    assertThat(buffer.offer(event(1))).isTrue();
    assertThat(buffer.offer(event(2))).isTrue();
    assertThat(buffer.offer(event(3))).isFalse();
    List<Event> events = drain(buffer);
    assertThat(events).hasSize(3);
    Event lost = events.get(2);
    assertThat(lost.frames().get(0).function().name()).isEqualTo("jvmpprof.lostProfileEvent");
    assertThat(lost.count()).isEqualTo(1);
    assertThat(lost.amount()).isEqualTo(3);
    assertThat(drain(buffer)).as("counted once").isEmpty();
  }

  @Test
  void lose_amountWithoutCount_isTold() {
    EventBuffer buffer = new EventBuffer(ProfileType.MUTEX, 2);
    buffer.lose(1, 0, 7);
    assertThat(drain(buffer))
        .singleElement()
        .satisfies(lost -> assertThat(lost.count()).isZero())
        .satisfies(lost -> assertThat(lost.amount()).isEqualTo(7));
  }

  @Test
  void offer_manyProducersWhileDraining_losesNothingUncounted() throws InterruptedException {
    EventBuffer buffer = new EventBuffer(ProfileType.CPU, 64);
    int producers = 4;
    int each = 50_000;
    CountDownLatch done = new CountDownLatch(producers);
    for (int i = 0; i < producers; i++) {
      Thread producer =
          new Thread(
              () -> {
                for (int n = 0; n < each; n++) {
                  buffer.offer(event(1));
                }
                done.countDown();
              });
      producer.setDaemon(true);
      producer.start();
    }
    long sum = 0;
    while (done.getCount() > 0) {
      sum += drain(buffer).stream().mapToLong(Event::count).sum();
    }
    done.await();
    sum += drain(buffer).stream().mapToLong(Event::count).sum();
    assertThat(sum).isEqualTo((long) producers * each);
  }

  private static Event event(long amount) {
    return new Event(1, FRAMES, Labels.NONE, 1, amount);
  }

  private static List<Event> drain(EventBuffer buffer) {
    List<Event> events = new ArrayList<>();
    buffer.drainTo(events::add);
    return events;
  }
}
