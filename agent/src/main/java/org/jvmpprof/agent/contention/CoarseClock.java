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
  private int bits;
  private boolean started;

  CoarseClock(ContentionHook hook, AgentThreads agentThreads) {
    this.hook = hook;
    this.agentThreads = agentThreads;
  }

  /** Has one enter in two to the power of this timed; the clock runs unless all are. */
  synchronized void choose(int wanted) {
    if (wanted == bits) {
      return;
    }
    bits = wanted;
    hook.choose(wanted, TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS));
    if (wanted > 0 && !started) {
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
    while (bits == 0) {
      wait();
    }
    return true;
  }

  private synchronized void ended() {
    started = false;
    choose(0);
  }
}
