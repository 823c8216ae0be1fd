package org.jvmpprof.agent.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.profile.Labels;
import org.jvmpprof.agent.profile.ProfileType;
import org.jvmpprof.agent.profile.Row;
import org.jvmpprof.agent.profile.Snapshot;
import org.jvmpprof.agent.stack.Location;
import org.jvmpprof.agent.stack.StackTable;
import org.jvmpprof.agent.time.Ticker;

/** Go's tests of the goroutine profile, for platform threads. */
class GoroutineProfileTest {
  private final AgentThreads agentThreads = new AgentThreads();
  private final StackTable stacks = new StackTable(10_000, 50_000);
  private final ThreadStarts starts = new ThreadStarts(() -> new Object[0], stacks, Long.MAX_VALUE);
  private final GoroutineProfile profile = profile(ThreadLabels.NONE);

  private GoroutineProfile profile(ThreadLabels labels) {
    LiveThreads live = new LiveThreads(agentThreads, visitor -> {}, StackDump.NONE);
    return new GoroutineProfile(live, starts, stacks, labels, Ticker.system());
  }

  private static Thread inFirst(Runnable body) {
    return Parked.platform(() -> first(body));
  }

  private static Thread inSecond(Runnable body) {
    return Parked.platform(() -> second(body));
  }

  private static Thread inThird(Runnable body) {
    return Parked.platform(() -> third(body));
  }

  private static void first(Runnable body) {
    body.run();
  }

  private static void second(Runnable body) {
    body.run();
  }

  private static void third(Runnable body) {
    body.run();
  }

  @Test
  void snapshot_threadsInThreeMethods_oneRowEach() throws Exception {
    try (Parked parked = new Parked()) {
      parked.start(50, GoroutineProfileTest::inFirst);
      parked.start(40, GoroutineProfileTest::inSecond);
      parked.start(10, GoroutineProfileTest::inThird);

      Snapshot snapshot = profile.snapshot();

      assertThat(snapshot.type()).isEqualTo(ProfileType.GOROUTINE);
      assertThat(snapshot.period()).isEqualTo(1);
      assertThat(snapshot.durationNanos()).isZero();
      assertThat(valuesIn(snapshot, "first")).containsExactly(50L);
      assertThat(valuesIn(snapshot, "second")).containsExactly(40L);
      assertThat(valuesIn(snapshot, "third")).containsExactly(10L);
    }
  }

  @Test
  void snapshot_labelledThreads_oneRowPerStackAndLabels() throws Exception {
    try (Parked parked = new Parked()) {
      parked.start(50, GoroutineProfileTest::inFirst);
      long odd = parked.threads().stream().filter(t -> JavaThreads.id(t) % 2 == 1).count();
      ThreadLabels parity = (id, frames) -> id % 2 == 1 ? Labels.of("odd", "yes") : Labels.NONE;

      Snapshot snapshot = profile(parity).snapshot();

      List<Row> rows = rowsIn(snapshot, "first");
      assertThat(rows).hasSize(2);
      Map<Integer, Long> counts = new TreeMap<>();
      rows.forEach(row -> counts.put(row.labels().list().size(), row.values().get(0)));
      assertThat(counts).containsExactly(Map.entry(0, 50 - odd), Map.entry(1, odd));
    }
  }

  @Test
  void snapshot_thousandSleepers_areOneRow() throws Exception {
    try (Parked parked = new Parked()) {
      parked.start(1_000, GoroutineProfileTest::inFirst);

      assertThat(valuesIn(profile.snapshot(), "first")).containsExactly(1_000L);
    }
  }

  @Test
  void snapshot_caller_isIncluded() {
    assertThat(valuesIn(profile.snapshot(), "snapshot_caller_isIncluded")).containsExactly(1L);
  }

  @Test
  void snapshot_threadOfAgent_isLeftOut() throws Exception {
    try (Parked parked = new Parked()) {
      parked.start(1, body -> agentThreads.start("test", () -> third(body)));

      assertThat(valuesIn(profile.snapshot(), "third")).isEmpty();
      assertThat(profile.dump()).doesNotContain(".third(");
    }
  }

  @Test
  void snapshot_idleThreadsOfJvm_areLeftOut() {
    assertThat(profile.snapshot().rows())
        .noneSatisfy(
            row ->
                assertThat(names(row))
                    .contains("java.lang.ref.Reference.waitForReferencePendingList"));
    assertThat(profile.dump()).doesNotContain("Signal Dispatcher", "Finalizer");
  }

  @Test
  void snapshot_systemThreadInApplicationsCode_isIncluded() throws Exception {
    ThreadGroup system = Thread.currentThread().getThreadGroup();
    while (system.getParent() != null) {
      system = system.getParent();
    }
    ThreadGroup root = system;
    try (Parked parked = new Parked()) {
      parked.start(
          1,
          body -> {
            Thread thread = new Thread(root, () -> third(body));
            thread.start();
            return thread;
          });

      assertThat(valuesIn(profile.snapshot(), "third")).containsExactly(1L);
    }
  }

  @Test
  void snapshot_deepStack_keeps128FramesAtLeaf() throws Exception {
    try (Parked parked = new Parked()) {
      parked.start(1, body -> Parked.platform(() -> deep(200, body)));

      List<Row> rows = rowsIn(profile.snapshot(), "deep");

      assertThat(rows).hasSize(1);
      assertThat(rows.get(0).stack().locations()).hasSize(128);
      assertThat(names(rows.get(0))).contains("java.util.concurrent.CountDownLatch.await");
      assertThat(profile.dump()).contains("...28 frames elided...");
    }
  }

  @Test
  void snapshot_manyAtOnce_whoSeesAThreadSeesAllOlderOnes() throws Exception {
    int requests = 3;
    ExecutorService clients = Executors.newFixedThreadPool(requests);
    try {
      for (int run = 0; run < 100; run++) {
        assertSeesOlder(clients, requests);
      }
    } finally {
      clients.shutdownNow();
    }
  }

  private void assertSeesOlder(ExecutorService clients, int requests) throws Exception {
    List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch end = new CountDownLatch(1);
    Callable<List<Long>> seen = this::numberedThreads;
    List<Future<List<Long>>> answers = new ArrayList<>();
    for (int number = 0; number < 10; number++) {
      threads.add(new Thread(() -> awaitQuietly(end), "number " + number));
      threads.get(number).start();
      if (number < requests) {
        answers.add(clients.submit(seen));
      }
    }
    for (Future<List<Long>> answer : answers) {
      List<Long> ids = answer.get();
      List<Long> all = threads.stream().map(JavaThreads::id).toList();
      assertThat(ids).isEqualTo(all.subList(0, ids.size()));
    }
    end.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** The ids of those that a profile sees. */
  private List<Long> numberedThreads() {
    List<Long> ids = Collections.synchronizedList(new ArrayList<>());
    new LiveThreads(agentThreads, visitor -> {}, StackDump.NONE)
        .visit(
            live -> {
              if (live.thread().getName().startsWith("number ")) {
                ids.add(JavaThreads.id(live.thread()));
              }
            });
    return ids.stream().sorted().toList();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void deep(int frames, Runnable body) {
    if (frames == 0) {
      body.run();
    } else {
      deep(frames - 1, body);
    }
  }

  private static List<Long> valuesIn(Snapshot snapshot, String method) {
    return rowsIn(snapshot, method).stream().map(row -> row.values().get(0)).toList();
  }

  private static List<Row> rowsIn(Snapshot snapshot, String method) {
    String name = GoroutineProfileTest.class.getName() + '.' + method;
    return snapshot.rows().stream().filter(row -> names(row).contains(name)).toList();
  }

  private static List<String> names(Row row) {
    Function<Location, String> name = location -> location.function().name();
    return row.stack().locations().stream().map(name).toList();
  }
}
