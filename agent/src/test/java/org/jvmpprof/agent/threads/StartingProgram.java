package org.jvmpprof.agent.threads;

import static java.util.stream.Collectors.joining;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.log.AgentLog.Level;
import org.jvmpprof.agent.profile.Row;
import org.jvmpprof.agent.stack.StackTable;
import org.jvmpprof.agent.time.Ticker;

/**
 * Starts threads in every way, for a JVM of its own. The hook is woven while the program runs, as
 * after an attach.
 */
final class StartingProgram {
  private static final CountDownLatch END = new CountDownLatch(1);
  private static volatile @Nullable Instrumentation given;

  private StartingProgram() {}

  public static void premain(String options, Instrumentation instrumentation) {
    given = instrumentation;
  }

  public static void main(String[] args) throws Exception {
    new Thread(StartingProgram::await, "older").start();
    AgentThreads agentThreads = new AgentThreads();
    StackTable stacks = new StackTable(1_000, 10_000);
    AgentLog log = new AgentLog(System.out, Level.INFO);
    ThreadStarts starts = new ThreadStarts(stacks);
    starts.begin(java.util.Objects.requireNonNull(given), log);
    subclass();
    runnable();
    executor();
    timer();
    forkJoin();
    agentThreads.start("parent", () -> new Thread(StartingProgram::await).start()).join();
    failedStart();
    new ThreadCreateProfile(starts, agentThreads, stacks, Ticker.system())
        .snapshot()
        .rows()
        .forEach(StartingProgram::print);
    many(starts);
    System.out.println("known after many: " + (starts.size() < 100));
    observe();
    System.exit(0);
  }

  private static void print(Row row) {
    String leaf =
        row.stack().locations().stream()
            .limit(2)
            .map(location -> location.function().name())
            .collect(joining(" < "));
    System.out.println(row.values() + " " + leaf);
  }

  private static void subclass() {
    for (int i = 0; i < 3; i++) {
      Thread thread =
          new Thread() {
            @Override
            public void run() {
              await();
            }
          };
      thread.start();
    }
  }

  private static void runnable() {
    new Thread(StartingProgram::await).start();
  }

  private static void executor() {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    for (int i = 0; i < 4; i++) {
      pool.execute(StartingProgram::await);
    }
  }

  private static void timer() throws InterruptedException {
    CountDownLatch there = new CountDownLatch(1);
    new Timer()
        .schedule(
            new TimerTask() {
              @Override
              public void run() {
                there.countDown();
              }
            },
            1);
    there.await();
  }

  private static void forkJoin() throws InterruptedException {
    CountDownLatch there = new CountDownLatch(1);
    new ForkJoinPool(1)
        .execute(
            () -> {
              there.countDown();
              await();
            });
    there.await();
  }

  /** With a stack that no machine has room for. */
  private static void failedStart() {
    try {
      new Thread(null, StartingProgram::await, "huge", 1L << 50).start();
      System.out.println("failed start: did not");
    } catch (OutOfMemoryError e) {
      System.out.println("failed start: did");
    }
  }

  private static void many(ThreadStarts starts) throws InterruptedException {
    for (int i = 0; i < 20_000; i++) {
      Thread thread = new Thread(() -> {});
      thread.start();
      thread.join();
      if (i % 1_000 == 0) {
        starts.poll();
      }
    }
    for (int round = 0; round < 20; round++) {
      starts.poll();
    }
  }

  private static void observe() throws Exception {
    Thread parent = Thread.currentThread();
    List<String> seen = new CopyOnWriteArrayList<>();
    Consumer<Thread> observer =
        child -> {
          if (Thread.currentThread() == parent) {
            seen.add(child.getName() + ' ' + child.isAlive());
            throw new IllegalStateException("must not reach the program");
          }
        };
    Class.forName("java.lang.JvmPprofThreads", false, null)
        .getMethod("setObserver", Consumer.class)
        .invoke(null, observer);
    new Thread(StartingProgram::await, "child").start();
    System.out.println("observed: " + seen);
    seen.clear();
    startVirtual();
    // It counts as alive already, but has no carrier yet; that is started here, too.
    System.out.println("observed, virtual: " + seen.contains(" true"));
  }

  private static void startVirtual() throws IllegalAccessException, InvocationTargetException {
    try {
      Thread.class
          .getMethod("startVirtualThread", Runnable.class)
          .invoke(null, (Runnable) () -> {});
    } catch (NoSuchMethodException e) {
      // Before 21 there are none.
    }
  }

  private static void await() {
    try {
      END.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
