package org.jvmpprof.agent.contention;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jvmpprof.agent.event.Event;
import org.jvmpprof.agent.event.EventBuffer;
import org.jvmpprof.agent.stack.Frame;

/**
 * Makes events of the block profile of waits for monitors that have no hooks, chosen and scaled as
 * the hooks do it. Each instance is used by one thread.
 */
final class UnhookedWaits {
  private final ContentionHook hook;
  private final EventBuffer block;
  private final IdleSites idleSites;
  private final WaitFrames waitFrames = new WaitFrames();
  private final AtomicInteger recorded = new AtomicInteger();

  UnhookedWaits(ContentionHook hook, EventBuffer block, IdleSites idleSites) {
    this.hook = hook;
    this.block = block;
    this.idleSites = idleSites;
  }

  /**
   * Takes a wait that is over.
   *
   * @param stack leaf first
   * @param epochNanos when it ended
   */
  void add(StackTraceElement[] stack, long epochNanos, long delayNanos) {
    long[] chosen = hook.chosenWait(delayNanos);
    if (chosen[0] > 0) {
      List<Frame> where = waitFrames.of(stack);
      recorded.incrementAndGet();
      block.offer(new Event(epochNanos, where, idleSites.labelsOf(where), chosen[0], chosen[1]));
    }
  }

  /** How many waits were recorded since the last call; for any thread. */
  int takeRecorded() {
    return recorded.getAndSet(0);
  }
}
