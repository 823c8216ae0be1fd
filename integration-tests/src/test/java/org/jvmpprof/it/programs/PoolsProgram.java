package org.jvmpprof.it.programs;

import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Workers of several kinds that have next to nothing to do, and a main thread that waits for them
 * in {@code awaitWorkers}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Whether they ran is of no interest.
public final class PoolsProgram {
  private static final int TASKS = 10;

  private PoolsProgram() {}

  /** Runs. */
  public static void main(String[] args) throws InterruptedException, ExecutionException {
    Agent.awaitComplete();
    CountDownLatch done = new CountDownLatch(1);
    Runnable nothing = () -> {};
    ExecutorService fixed = Executors.newFixedThreadPool(2);
    ScheduledExecutorService scheduled = Executors.newScheduledThreadPool(1);
    ForkJoinPool forkJoin = new ForkJoinPool(2);
    Timer timer = new Timer("timer");
    scheduled.scheduleAtFixedRate(nothing, 20, 20, TimeUnit.MILLISECONDS);
    timer.schedule(task(nothing), 20, 20);
    for (int task = 0; task < TASKS; task++) {
      Pause.millis(20);
      fixed.execute(nothing);
      forkJoin.execute(nothing);
    }
    scheduled.schedule(done::countDown, 100, TimeUnit.MILLISECONDS);
    awaitWorkers(done);
    timer.cancel();
    scheduled.shutdownNow();
    forkJoin.shutdownNow();
    fixed.shutdownNow();
  }

  private static TimerTask task(Runnable code) {
    return new TimerTask() {
      @Override
      public void run() {
        code.run();
      }
    };
  }

  private static void awaitWorkers(CountDownLatch done) throws InterruptedException {
    done.await();
  }
}
