package org.jvmpprof.it.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jvmpprof.Labels;

/**
 * Starts threads and hands tasks over, each under a label of its own, and prints as {@code
 * <label>=<label>} which one was in force there; {@code nothing} for none.
 */
public final class HandedLabelsProgram {
  private static final long WORK_NANOS = 300_000_000;

  private HandedLabelsProgram() {}

  /** Runs. */
  public static void main(String[] args) throws Exception {
    threads();
    pool();
    wrapped();
    for (String kind : Threads.kinds()) {
      if (kind.equals("virtual")) {
        virtual();
      }
    }
  }

  private static Labels label(String value) {
    return Labels.of("case", value);
  }

  private static String inForce() {
    return Labels.current().toMap().getOrDefault("case", "nothing");
  }

  private static void threads() throws Exception {
    // First: loading what all of them use is nobody's work.
    joined(new Thread(() -> work("nothing")));
    label("platform").call(() -> joined(new Thread(() -> work("platform"))));
    label("subclass").call(() -> joined(new Inheriting()));
    try {
      label("thrown")
          .run(
              () -> {
                throw new IllegalStateException();
              });
    } catch (IllegalStateException expected) {
      System.out.println("afterThrow=" + Labels.current());
    }
  }

  private static final class Inheriting extends Thread {
    @Override
    public void run() {
      work("subclass");
    }
  }

  private static void pool() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(1);
    label("pool").call(() -> pool.submit(() -> work("pool")).get());
    label("task").call(() -> Labels.wrap(pool).submit(() -> work("task")).get());
    pool.submit(() -> work("afterTask")).get();
    pool.shutdown();
  }

  /** What is got outside of the scope was handed over inside. */
  private static void wrapped() throws Exception {
    ScheduledExecutorService pool = Executors.newScheduledThreadPool(1);
    ScheduledExecutorService wrapped = Labels.wrap(pool);
    FutureTask<String> executed = new FutureTask<>(says("execute"));
    label("execute").run(() -> wrapped.execute(executed));
    executed.get();
    got("submit", () -> wrapped.submit(says("submit")));
    got("runnable", () -> wrapped.submit(() -> say("runnable")));
    got("result", () -> wrapped.submit(() -> say("result"), "done"));
    got("invokeAll", () -> wrapped.invokeAll(List.of(says("invokeAll"))).get(0));
    label("invokeAny").call(() -> wrapped.invokeAny(List.of(says("invokeAny"))));
    got("schedule", () -> wrapped.schedule(says("schedule"), 20, TimeUnit.MILLISECONDS));
    periodic(wrapped);
    pool.submit(says("bare")).get();
    wrapped.submit(says("unlabelled")).get();
    wrapped.shutdown();
    System.out.println("shutdown=" + pool.isShutdown());
    System.out.println("terminated=" + wrapped.awaitTermination(1, TimeUnit.MINUTES));
  }

  private static void periodic(ScheduledExecutorService wrapped) throws Exception {
    CountDownLatch runs = new CountDownLatch(3);
    Runnable task =
        () -> {
          System.out.println("periodic" + runs.getCount() + '=' + inForce());
          runs.countDown();
        };
    Callable<Future<?>> scheduled =
        () -> wrapped.scheduleAtFixedRate(task, 1, 10, TimeUnit.MILLISECONDS);
    Future<?> future = label("periodic").call(scheduled);
    runs.await();
    future.cancel(false);
  }

  private static void got(String value, Callable<Future<?>> handedOver) throws Exception {
    label(value).call(handedOver).get();
  }

  private static Callable<String> says(String value) {
    return () -> say(value);
  }

  private static String say(String value) {
    System.out.println(value + '=' + inForce());
    return value;
  }

  private static void virtual() throws Exception {
    List<Thread> threads = new ArrayList<>();
    label("virtual").run(() -> threads.add(Threads.start(true, () -> workVirtually("virtual"))));
    label("grandchild")
        .run(
            () ->
                threads.add(
                    Threads.start(
                        true,
                        () ->
                            threads.add(Threads.start(true, () -> workVirtually("grandchild"))))));
    threads.get(1).join();
    for (Thread thread : threads) {
      thread.join();
    }
    ExecutorService perTask =
        (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    label("perTask").call(() -> perTask.submit(() -> workVirtually("perTask")).get());
    perTask.shutdown();
    Threads.start(true, () -> say("virtualWithout")).join();
  }

  private static void work(String value) {
    Cpu.burnNanos(WORK_NANOS);
    say(value);
  }

  /** As much as takes some tenths of a second: a virtual thread has no CPU clock. */
  private static void workVirtually(String value) {
    for (int i = 0; i < 10; i++) {
      for (int j = 0; j < 800; j++) {
        Cpu.burn();
      }
      // It changes carriers.
      Pause.millis(1);
    }
    say(value);
  }

  private static boolean joined(Thread thread) throws InterruptedException {
    thread.start();
    thread.join();
    return true;
  }
}
