package org.jvmpprof.agent.contention;

import java.util.concurrent.TimeUnit;
import org.jvmpprof.agent.event.AgentThreads;

/**
 * Advances the hook's coarse clock while there are too many enters to time them all. Its thread
 * exists from the first time that is so, and sleeps otherwise.
 */
final class CoarseClock {
  private static final long PERIOD_MILLIS = 4;

  private final ContentionHook hook;
  private final AgentThreads agentThreads;
  private boolean running;
  private boolean started;

  CoarseClock(ContentionHook hook, AgentThreads agentThreads) {
    this.hook = hook;
    this.agentThreads = agentThreads;
  }

  /** Whether only some of the enters are timed. */
  synchronized boolean isRunning() {
    return running;
  }

  /** Starts or stops the clock, and with it the choice. */
  synchronized void run(boolean wanted) {
    if (wanted == running) {
      return;
    }
    running = wanted;
    hook.choose(wanted ? TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS) : 0);
    if (wanted && !started) {
      started = true;
      agentThreads.start("clock", this::tick);
    }
    notifyAll();
  }

  private void tick() {
    try {
      while (awaitRunning()) {
        hook.tick();
        Thread.sleep(PERIOD_MILLIS);
      }
    } catch (InterruptedException e) {
      // Nobody has a reason to; without a clock, everything is timed.
      ended();
    }
  }

  private synchronized boolean awaitRunning() throws InterruptedException {
    while (!running) {
      wait();
    }
    return true;
  }

  private synchronized void ended() {
    started = false;
    run(false);
  }
}
