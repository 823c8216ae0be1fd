package org.jvmpprof.agent.threads;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** Threads that wait in a method of their own until they are let go. */
final class Parked implements AutoCloseable {
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  /** Starts so many threads, and returns when each is where it waits. */
  Parked start(int count, Function<Runnable, Thread> starter) throws InterruptedException {
    CountDownLatch there = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      threads.add(
          starter.apply(
              () -> {
                there.countDown();
                await();
              }));
    }
    there.await();
    for (Thread thread : threads) {
      while (thread.getState() == Thread.State.RUNNABLE) {
        Thread.onSpinWait();
      }
    }
    return this;
  }

  /** Starts a platform thread. */
  static Thread platform(Runnable body) {
    Thread thread = new Thread(body, "parked");
    thread.start();
    return thread;
  }

  private void await() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  List<Thread> threads() {
    return threads;
  }

  @Override
  public void close() {
    end.countDown();
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
