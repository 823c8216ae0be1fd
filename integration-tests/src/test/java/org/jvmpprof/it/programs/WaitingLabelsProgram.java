package org.jvmpprof.it.programs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jvmpprof.Labels;
import org.jvmpprof.Pprof;

/**
 * Virtual threads that wait again and again, each in its own way, within two nested scopes, and
 * change carriers by that. Prints as {@code <value>=steps} how much was done under each value of
 * the label {@code case}, which changes some thousand times a second, and in the end, while all
 * wait in one of their scopes, the goroutine profile as text.
 */
public final class WaitingLabelsProgram {
  private static final int ROUNDS = 1200;
  private static final int STEP = 100_000;

  /** More frames than HotSpot brings back at once. */
  private static final int DEPTH = 40;

  private static final int LABELLED = 4;
  private static final CountDownLatch DONE = new CountDownLatch(LABELLED);
  private static final CountDownLatch PRINTED = new CountDownLatch(1);

  private static volatile long sink;

  private WaitingLabelsProgram() {}

  private interface Wait {
    void once() throws InterruptedException;
  }

  /**
   * Runs.
   *
   * @param args none
   */
  public static void main(String[] args) throws Exception {
    // Until the first sampler has handed over to one that sees virtual threads.
    Cpu.burnNanos(1_000_000_000);
    BlockingQueue<String> queue = new LinkedBlockingQueue<>();
    Object monitor = new Object();
    List<Thread> threads = new ArrayList<>();
    threads.add(start("Park", 1, () -> LockSupport.parkNanos(100_000)));
    threads.add(start("Sleep", 2, () -> Thread.sleep(1)));
    threads.add(start("Queue", 3, () -> queue.poll(100, TimeUnit.MICROSECONDS)));
    threads.add(start("Monitor", 4, () -> waitOn(monitor)));
    threads.add(startVirtual(() -> unlabelled(() -> LockSupport.parkNanos(100_000))));
    DONE.await();
    printGoroutines();
    PRINTED.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void printGoroutines() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    Pprof.lookup("goroutine").orElseThrow().writeTo(text, 1);
    System.out.println(text.toString(UTF_8));
  }

  private static void hold() {
    DONE.countDown();
    sleep(PRINTED::await);
  }

  @SuppressWarnings("WaitNotInLoop") // Nothing is waited for but the end of the time.
  private static void waitOn(Object monitor) throws InterruptedException {
    synchronized (monitor) {
      monitor.wait(1);
    }
  }

  private static Thread start(String name, int share, Wait wait) throws Exception {
    Labels outer = Labels.of("case", "outer" + name);
    Labels inner = Labels.of("case", "inner" + name);
    return startVirtual(() -> outer.run(() -> deep(DEPTH, () -> work(inner, name, share, wait))));
  }

  private static Thread startVirtual(Runnable task) throws Exception {
    Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
    return (Thread) start.invoke(null, task);
  }

  private static void deep(int depth, Runnable task) {
    if (depth == 0) {
      task.run();
    } else {
      deep(depth - 1, task);
    }
  }

  private static void work(Labels inner, String name, int share, Wait wait) {
    for (int i = 0; i < ROUNDS; i++) {
      outerWork(2 * share);
      sleep(wait);
      outerWork(share);
      int depth = i % 2 * DEPTH;
      inner.run(() -> deep(depth, () -> innerWork(share, wait)));
      outerWork(share);
    }
    if (share % 2 == 0) {
      hold();
    } else {
      inner.run(WaitingLabelsProgram::hold);
    }
    System.out.println("outer" + name + "=" + 4 * share * ROUNDS);
    System.out.println("inner" + name + "=" + 3 * share * ROUNDS);
  }

  private static void outerWork(int steps) {
    steps(steps);
  }

  private static void innerWork(int steps, Wait wait) {
    steps(steps);
    sleep(wait);
    steps(2 * steps);
  }

  private static void unlabelled(Wait wait) {
    for (int i = 0; i < ROUNDS; i++) {
      steps(5);
      sleep(wait);
    }
  }

  private static void sleep(Wait wait) {
    try {
      wait.once();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void steps(int count) {
    for (int i = 0; i < count; i++) {
      step();
    }
  }

  private static void step() {
    long value = sink;
    for (int i = 0; i < STEP; i++) {
      value = value * 6364136223846793005L + i;
    }
    sink = value;
  }
}
