package org.jvmpprof.agent.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.jvmpprof.agent.stack.Frame;

class ThreadDumpTest {
  private static final long HASH = 7;

  private final List<FakeThread> threads = new ArrayList<>();
  private final List<Thread> stopped = new ArrayList<>();
  private final AtomicInteger lookedUp = new AtomicInteger();
  private final AtomicInteger readings = new AtomicInteger();
  private int tickNanos = 1;

  private final ThreadDump dump = new ThreadDump(FakeThreads::new);

  /** What the JVM tells of a thread. */
  private static final class FakeThread {
    final Thread thread = new Thread();
    final long number;
    long @Nullable [] words;
    long nanos;

    FakeThread(long number, long @Nullable [] words) {
      this.number = number;
      this.words = words;
    }
  }

  private final class FakeThreads extends FakeSampler {
    @Override
    public Thread[] threads() {
      return threads.stream().map(fake -> fake.thread).toArray(Thread[]::new);
    }

    @Override
    public void clocks(Thread[] asked, long[] clocks) {
      for (int i = 0; i < asked.length; i++) {
        Optional<FakeThread> fake = find(asked[i]);
        clocks[2 * i] = fake.map(thread -> thread.number).orElse(0L);
        clocks[2 * i + 1] = fake.map(thread -> thread.nanos).orElseGet(this::ticks);
      }
    }

    @Override
    public long @Nullable [][] stacks(Thread[] asked) {
      stopped.clear();
      stopped.addAll(List.of(asked));
      return stopped.stream()
          .map(thread -> find(thread).orElseThrow().words)
          .toArray(long[][]::new);
    }

    @Override
    public String @Nullable [] method(long id) {
      lookedUp.incrementAndGet();
      return new String[] {"Lsite/Class;", "method" + id};
    }

    /** The clock of the thread that asks. */
    private long ticks() {
      return (long) readings.incrementAndGet() / 10 * tickNanos;
    }

    private Optional<FakeThread> find(Thread thread) {
      return threads.stream().filter(fake -> fake.thread == thread).findFirst();
    }
  }

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
  void forEach_threadHasNotRun_isNotLookedAtAgain() {
    add(HASH, 11, 0);
    FakeThread running = add(HASH, 11, 0);
    List<List<Frame>> first = frames();
    running.nanos++;
    running.words = new long[] {HASH, 11, 4};

    List<List<Frame>> second = frames();

    assertThat(stopped).containsExactly(running.thread);
    assertThat(second.get(0)).isSameAs(first.get(0)).isNotEqualTo(second.get(1));
  }

  @Test
  void forEach_anotherThreadOfEqualClock_isLookedAt() {
    add(HASH, 11, 0);
    frames();
    threads.clear();
    threads.add(new FakeThread(2, new long[] {HASH, 11, 4}));

    assertThat(frames()).hasSize(1);
    assertThat(stopped).hasSize(1);
  }

  @Test
  void forEach_clockOfThreadsCountsTicks_looksAtAll() {
    tickNanos = 1_000_000;
    add(HASH, 11, 0);

    frames();
    frames();

    assertThat(stopped).hasSize(1);
  }

  @Test
  void forEach_threadWithoutNumberOrClock_isLookedAt() {
    threads.add(new FakeThread(0, new long[] {HASH, 11, 0}));
    add(HASH, 11, 0).nanos = -1;

    frames();
    frames();

    assertThat(stopped).hasSize(2);
  }

  @Test
  void forEach_threadHasEnded_isLeftOut() {
    threads.add(new FakeThread(1, null));
    add(HASH);

    assertThat(frames()).hasSize(1);
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

  private FakeThread add(long... words) {
    FakeThread fake = new FakeThread(threads.size() + 1, words);
    threads.add(fake);
    return fake;
  }

  private List<List<Frame>> frames() {
    List<List<Frame>> all = new ArrayList<>();
    assertThat(dump.forEach((thread, frames) -> all.add(frames))).isTrue();
    return all;
  }
}
