package org.jvmpprof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Without an agent; what Go's label_test.go says of sets of labels. */
class LabelsTest {
  @Test
  void of_oddNumber_saysWhatGoSays() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Labels.of("key"))
        .withMessage("uneven number of arguments to pprof.Labels");
  }

  @Test
  void of_duplicateKey_lastWins() {
    assertThat(Labels.of("key", "value1", "key", "value2").toMap())
        .containsExactly(entry("key", "value2"));
  }

  @Test
  void with_sameKey_newWins() {
    Labels labels = Labels.of("key1", "value1", "key2", "value2");

    assertThat(labels.with("key1", "other", "key3", "value3"))
        .isEqualTo(Labels.of("key1", "other", "key2", "value2", "key3", "value3"))
        .hasSameHashCodeAs(Labels.of("key3", "value3", "key2", "value2", "key1", "other"));
    assertThat(labels.toMap()).containsEntry("key1", "value1");
  }

  @Test
  void toString_someLabels_isSortedAndQuoted() {
    assertThat(Labels.of()).hasToString("{}");
    assertThat(Labels.of("foo", "bar")).hasToString("{\"foo\":\"bar\"}");
    assertThat(Labels.of("key2", "value2", "key1", "\"line\"\n\\\t\r\u0001é"))
        .hasToString("{\"key1\":\"\\\"line\\\"\\n\\\\\\t\\r\\x01é\", \"key2\":\"value2\"}");
  }

  @Test
  void run_noAgent_runsOnceWithoutLabels() {
    AtomicInteger runs = new AtomicInteger();

    Labels.of("key", "value")
        .run(
            () -> {
              runs.incrementAndGet();
              assertThat(Labels.current()).isEqualTo(Labels.of());
            });

    assertThat(runs).hasValue(1);
  }

  @Test
  void call_noAgent_returnsAndThrowsWhatTheActionDoes() throws Exception {
    assertThat(Labels.of("key", "value").call(() -> 7)).isEqualTo(7);
    assertThatThrownBy(
            () ->
                Labels.of("key", "value")
                    .call(
                        () -> {
                          throw new IOException("thrown");
                        }))
        .isExactlyInstanceOf(IOException.class);
  }

  @Test
  void wrap_noAgent_leavesAllToTheExecutor() throws Exception {
    ScheduledExecutorService pool = Executors.newScheduledThreadPool(1);
    ScheduledExecutorService wrapped = Labels.wrap(pool);
    AtomicInteger runs = new AtomicInteger();
    Executor direct = Labels.wrap((Executor) Runnable::run);

    direct.execute(runs::incrementAndGet);
    assertThat(wrapped.submit(() -> 1).get()).isEqualTo(1);
    assertThat(wrapped.submit(runs::incrementAndGet, 2).get()).isEqualTo(2);
    assertThat(wrapped.schedule(() -> 3, 0, TimeUnit.SECONDS).get()).isEqualTo(3);
    Callable<Integer> four = () -> 4;
    assertThat(wrapped.invokeAny(List.of(four))).isEqualTo(4);
    assertThat(wrapped.invokeAll(List.of(four)).get(0).get()).isEqualTo(4);
    wrapped.shutdown();

    assertThat(runs).hasValue(2);
    assertThat(pool.isShutdown()).isTrue();
    assertThat(wrapped.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
  }
}
