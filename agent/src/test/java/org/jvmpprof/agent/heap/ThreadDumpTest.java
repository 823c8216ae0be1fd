package org.jvmpprof.agent.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.jvmpprof.agent.stack.Frame;

class ThreadDumpTest {
  private static final long HASH = 7;

  private final List<Object> stacks = new ArrayList<>();
  private final AtomicInteger lookedUp = new AtomicInteger();

  private final ThreadDump dump =
      new ThreadDump(
          () ->
              new FakeSampler() {
                @Override
                public Object @Nullable [] stacks() {
                  return stacks.toArray();
                }

                @Override
                public String @Nullable [] method(long id) {
                  lookedUp.incrementAndGet();
                  return new String[] {"Lsite/Class;", "method" + id};
                }
              });

  @Test
  void forEach_threads_haveTheirFrames() {
    add(HASH, 11, 0, 12, 4);
    add(HASH);

    assertThat(frames())
        .map(frames -> frames.stream().map(f -> f.function().name() + ":" + f.line()).toList())
        .containsExactly(List.of("site.Class.method11:40", "site.Class.method12:50"), List.of());
  }

  @Test
  void forEach_equalStacks_areOneListAlsoInTheNextDump() {
    add(HASH, 11, 0);
    add(HASH, 11, 0);
    add(HASH, 11, 4);

    List<List<Frame>> first = frames();
    List<List<Frame>> second = frames();

    assertThat(first.get(1)).isSameAs(first.get(0)).isNotEqualTo(first.get(2));
    assertThat(second.get(0)).isSameAs(first.get(0));
    assertThat(second.get(2)).isSameAs(first.get(2));
    assertThat(lookedUp).hasValue(1);
  }

  @Test
  void forEach_noLibrary_visitsNothing() {
    AtomicInteger asked = new AtomicInteger();
    ThreadDump none =
        new ThreadDump(
            () -> {
              asked.incrementAndGet();
              throw new HeapUnavailableException("no library");
            });

    for (int i = 0; i < 2; i++) {
      assertThat(none.forEach((thread, frames) -> lookedUp.incrementAndGet())).isFalse();
    }
    assertThat(lookedUp).hasValue(0);
    assertThat(asked).hasValue(1);
  }

  @Test
  void forEach_whileSomebodyIsAtIt_visitsNothing() {
    add(HASH, 11, 0);
    AtomicInteger visited = new AtomicInteger();

    assertThat(
            dump.forEach(
                (thread, frames) -> {
                  visited.incrementAndGet();
                  assertThat(dump.forEach((same, again) -> visited.incrementAndGet())).isFalse();
                }))
        .isTrue();
    assertThat(visited).hasValue(1);
    assertThat(frames()).hasSize(1);
  }

  private void add(long... words) {
    stacks.add(Thread.currentThread());
    stacks.add(words);
  }

  private List<List<Frame>> frames() {
    List<List<Frame>> all = new ArrayList<>();
    assertThat(dump.forEach((thread, frames) -> all.add(frames))).isTrue();
    return all;
  }
}
