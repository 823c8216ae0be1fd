package org.jvmpprof.it.programs;

import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.EventExecutorGroup;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Workers of Jetty and Netty that have next to nothing to do, and a main thread that waits for them
 * in {@code awaitWorkers}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Whether they ran is of no interest.
public final class ServerPoolsProgram {
  private static final int TASKS = 10;

  private ServerPoolsProgram() {}

  /** Runs. */
  public static void main(String[] args) throws Exception {
    Agent.awaitComplete();
    Runnable nothing = () -> {};
    CountDownLatch done = new CountDownLatch(1);
    QueuedThreadPool jetty = new QueuedThreadPool(8, 2);
    jetty.setReservedThreads(1);
    jetty.start();
    EventExecutorGroup netty = new DefaultEventExecutorGroup(1);
    for (int task = 0; task < TASKS; task++) {
      Pause.millis(20);
      jetty.execute(nothing);
      jetty.tryExecute(nothing);
      netty.execute(nothing);
    }
    netty.schedule(done::countDown, 100, TimeUnit.MILLISECONDS);
    awaitWorkers(done);
    netty.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    jetty.stop();
  }

  private static void awaitWorkers(CountDownLatch done) throws InterruptedException {
    done.await();
  }
}
