package org.jvmpprof.benchmarks.http;

import java.util.concurrent.CountDownLatch;

/** An application with very many threads that wait. Runs until its input ends. */
public final class Crowd {
  private static final int STACK_BYTES = 256 << 10;
  private static final int DEPTH = 20;

  private static final CountDownLatch end = new CountDownLatch(1);

  private Crowd() {}

  /**
   * Runs.
   *
   * @param args how many threads
   */
  public static void main(String[] args) throws Exception {
    int count = Integer.parseInt(args[0]);
    CountDownLatch there = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      int depth = DEPTH + i % DEPTH;
      Thread thread = new Thread(null, () -> descend(depth, there), "crowd-" + i, STACK_BYTES);
      thread.setDaemon(true);
      thread.start();
    }
    there.await();
    System.out.println("ready");
    int unused = System.in.read();
  }

  private static void descend(int frames, CountDownLatch there) {
    if (frames > 0) {
      descend(frames - 1, there);
      return;
    }
    there.countDown();
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
