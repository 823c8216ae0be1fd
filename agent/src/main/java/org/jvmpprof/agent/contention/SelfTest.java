package org.jvmpprof.agent.contention;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jvmpprof.agent.event.AgentThreads;

/**
 * Waits once for a monitor and parks once, and looks whether that was noticed: what the profiles
 * show is only worth something if it was.
 */
final class SelfTest {
  private static final long PATIENCE_MILLIS = 2_000;
  private static final long PARK_NANOS = Duration.ofMillis(1).toNanos();

  private final ContentionHook hook;
  private final AgentThreads agentThreads;

  SelfTest(ContentionHook hook, AgentThreads agentThreads) {
    this.hook = hook;
    this.agentThreads = agentThreads;
  }

  /**
   * Runs the test, which takes some milliseconds.
   *
   * @return what is not noticed; empty when all is well
   */
  List<String> run() throws InterruptedException {
    List<String> unseen = new ArrayList<>();
    if (waitForMonitorNanos() == 0) {
      unseen.add("waits for monitors");
    }
    if (parkNanos() == 0) {
      unseen.add("parked threads (all of java.util.concurrent)");
    }
    return unseen;
  }

  private long waitForMonitorNanos() throws InterruptedException {
    SelfTestMonitor monitor = new SelfTestMonitor();
    Thread waiter = agentThreads.create("self-test", () -> monitor.holding(() -> {}));
    return hook.observedNanos(
        waiter,
        () -> {
          monitor.holding(() -> startAndAwaitBlocked(waiter));
          waiter.join(PATIENCE_MILLIS);
        });
  }

  private static void startAndAwaitBlocked(Thread waiter) {
    waiter.start();
    long deadlineNanos = System.nanoTime() + Duration.ofMillis(PATIENCE_MILLIS).toNanos();
    while (waiter.getState() != Thread.State.BLOCKED && System.nanoTime() < deadlineNanos) {
      Thread.onSpinWait();
    }
  }

  private long parkNanos() throws InterruptedException {
    return hook.observedNanos(
        Thread.currentThread(), () -> LockSupport.parkNanos(this, PARK_NANOS));
  }
}
