package org.jvmpprof.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what a stopped or hung JVM might never answer. */
final class Patience {
  private static final long POLL_MILLIS = 20;

  private Patience() {}

  /**
   * Runs the question on a daemon thread of its own, which is left behind when time is up: a read
   * from a socket inside the JDK cannot be interrupted.
   *
   * @throws TimeoutException when there is no answer in time
   * @throws IOException what the question threw
   */
  static <T> T within(Duration limit, Callable<T> question) throws IOException, TimeoutException {
    FutureTask<T> task = new FutureTask<>(question);
    Thread thread = new Thread(task, "jvm-pprof-ask");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /**
   * Polls until something has come about.
   *
   * @return whether it has before time is up
   */
  static boolean until(Condition condition, Duration limit) throws IOException {
    long startNanos = System.nanoTime();
    while (!condition.holds()) {
      if (System.nanoTime() - startNanos > limit.toNanos()) {
        return false;
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
    return true;
  }

  /** Something that is looked up from outside. */
  interface Condition {
    boolean holds() throws IOException;
  }
}
