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
    if (!isNoticed(this::waitForMonitor)) {
      unseen.add("waits for monitors");
    }
    if (!isNoticed(this::park)) {
      unseen.add("parked threads (all of java.util.concurrent)");
    }
    return unseen;
  }

  private boolean isNoticed(Wait wait) throws InterruptedException {
    try {
      return wait.run() > 0;
    } finally {
      hook.watch(null);
    }
  }

  private int waitForMonitor() throws InterruptedException {
    SelfTestMonitor monitor = new SelfTestMonitor();
    int[] seen = new int[1];
    Thread waiter =
        agentThreads.create(
            "self-test",
            () -> {
              monitor.holding(() -> {});
              seen[0] = hook.watchedWaits();
            });
    monitor.holding(() -> startAndAwaitBlocked(waiter));
    waiter.join(PATIENCE_MILLIS);
    return seen[0];
  }

  private void startAndAwaitBlocked(Thread waiter) {
    hook.watch(waiter);
    waiter.start();
    long deadlineNanos = System.nanoTime() + Duration.ofMillis(PATIENCE_MILLIS).toNanos();
    while (waiter.getState() != Thread.State.BLOCKED && System.nanoTime() < deadlineNanos) {
      Thread.onSpinWait();
    }
  }

  private int park() {
    hook.watch(Thread.currentThread());
    LockSupport.parkNanos(this, PARK_NANOS);
    return hook.watchedWaits();
  }

  private interface Wait {
    int run() throws InterruptedException;
  }
}
