package org.jvmpprof.agent.threads;

import static java.util.stream.Collectors.joining;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.log.AgentLog.Level;
import org.jvmpprof.agent.profile.Row;
import org.jvmpprof.agent.profile.Snapshot;
import org.jvmpprof.agent.stack.StackTable;
import org.jvmpprof.agent.time.Ticker;

/** Virtual threads for a JVM of their own, 21 or later. */
final class VirtualProgram {
  private static final CountDownLatch END = new CountDownLatch(1);
  private static volatile @Nullable Instrumentation given;
  private static volatile boolean burning = true;

  private VirtualProgram() {}

  public static void premain(String options, Instrumentation instrumentation) {
    given = instrumentation;
  }

  public static void main(String[] args) throws Exception {
    AgentLog log = new AgentLog(System.out, Level.INFO);
    AgentThreads agentThreads = new AgentThreads();
    LiveThreads live =
        LiveThreads.of(Objects.requireNonNull(given), agentThreads, StackDump.NONE, log);
    StackTable stacks = new StackTable(10_000, 50_000);
    GoroutineProfile profile =
        new GoroutineProfile(
            live,
            new ThreadStarts(() -> new Object[0], stacks, 0),
            stacks,
            ThreadLabels.NONE,
            Ticker.system());
    start();
    print(profile.snapshot());
    assertDump(profile.dump());
    burning = false;
    END.countDown();
    consistency(live);
    churn(profile);
    System.exit(0);
  }

  private static void start() throws Exception {
    CountDownLatch there = new CountDownLatch(10_001);
    for (int i = 0; i < 5_000; i++) {
      startVirtual(() -> parked(there));
    }
    ExecutorService executor = executor();
    for (int i = 0; i < 5_000; i++) {
      executor.execute(() -> parked(there));
    }
    startVirtual(() -> burn(there));
    there.await();
  }

  private static void print(Snapshot snapshot) {
    String self = VirtualProgram.class.getName();
    for (String method : List.of("parked", "burn", "main")) {
      System.out.println(
          method
              + " "
              + snapshot.rows().stream()
                  .filter(row -> names(row).contains(self + '.' + method))
                  .mapToLong(row -> row.values().get(0))
                  .sum());
    }
    long carriers =
        snapshot.rows().stream()
            .filter(row -> names(row).contains("ForkJoinWorkerThread.run"))
            .count();
    System.out.println("carriers " + carriers);
  }

  private static String names(Row row) {
    return row.stack().locations().stream()
        .map(location -> location.function().name())
        .collect(joining("\n", "", "\n"));
  }

  private static void assertDump(String dump) {
    System.out.println("parked in dump " + dump.split(" \\[park name:\"\"\\]", -1).length);
    System.out.println("burning in dump " + dump.contains(" [running name:\"\"]:"));
  }

  /** Whoever sees a thread sees all that were running before it. */
  private static void consistency(LiveThreads live) throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    List<Long> started = Collections.synchronizedList(new ArrayList<>());
    Thread starter =
        new Thread(
            () -> {
              for (int i = 0; i < 3_000; i++) {
                started.add(JavaThreads.id(startVirtual(() -> await(end))));
              }
            });
    starter.start();
    List<List<Long>> seen = new ArrayList<>();
    while (starter.isAlive()) {
      seen.add(seen(live));
    }
    seen.add(seen(live));
    end.countDown();
    Set<Long> ours = new HashSet<>(started);
    long torn =
        seen.stream()
            .map(ids -> ids.stream().filter(ours::contains).sorted().toList())
            .filter(ids -> !ids.equals(started.subList(0, ids.size())))
            .count();
    System.out.println("torn " + torn);
  }

  private static List<Long> seen(LiveThreads live) {
    List<Long> ids = new ArrayList<>();
    live.visit(thread -> ids.add(JavaThreads.id(thread.thread())));
    return ids;
  }

  /** Threads that come and go, mount and unmount, while profiles are taken. */
  private static void churn(GoroutineProfile profile) throws Exception {
    ExecutorService executor = executor();
    for (int run = 0; run < 20; run++) {
      for (int i = 0; i < 500; i++) {
        executor.execute(Thread::yield);
      }
      profile.snapshot();
    }
    System.out.println("churned");
  }

  private static void parked(CountDownLatch there) {
    there.countDown();
    await(END);
  }

  private static void await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void burn(CountDownLatch there) {
    there.countDown();
    while (burning) {
      Thread.onSpinWait();
    }
  }

  private static ExecutorService executor() throws ReflectiveOperationException {
    return (ExecutorService)
        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
  }

  private static Thread startVirtual(Runnable body) {
    try {
      Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
      return (Thread) start.invoke(null, body);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }
}
