package org.jvmpprof.agent.contention;

import java.util.List;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.event.Event;
import org.jvmpprof.agent.event.EventBuffer;
import org.jvmpprof.agent.profile.Labels;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.time.Ticker;

/**
 * Makes events of what the hook has recorded. The stacks are resolved here, in the drainer's
 * thread, and not where they were taken.
 */
final class ContentionEvents {
  private final ContentionHook hook;
  private final EventBuffer block;
  private final EventBuffer mutex;
  private final AgentThreads agentThreads;
  private final Ticker ticker;
  private final IdleSites idleSites;
  private final WaitFrames frames = new WaitFrames();
  private final Estimates estimates = new Estimates();
  private int recorded;
  private int ticks;

  ContentionEvents(
      ContentionHook hook,
      Buffers buffers,
      AgentThreads agentThreads,
      Ticker ticker,
      IdleSites idleSites) {
    this.hook = hook;
    this.block = buffers.block();
    this.mutex = buffers.mutex();
    this.agentThreads = agentThreads;
    this.ticker = ticker;
    this.idleSites = idleSites;
  }

  /** Where the events go. */
  record Buffers(EventBuffer block, EventBuffer mutex) {}

  /**
   * Takes what has been recorded.
   *
   * @return {waits, contended releases, what ticks found} that were recorded since the last call
   */
  int[] poll() {
    long epochShiftNanos = ticker.epochNanos() - System.nanoTime();
    recorded = 0;
    ticks = 0;
    estimates.nextRound();
    hook.drainBlock(
        (stack, nanoTime, threadId, contentions, delayNanos) ->
            offer(block, stack, epochShiftNanos + nanoTime, threadId, contentions, delayNanos));
    int waits = recorded;
    hook.drainMutex(
        (stack, nanoTime, threadId, contentions, delayNanos) ->
            offer(mutex, stack, epochShiftNanos + nanoTime, threadId, contentions, delayNanos));
    long[] lost = hook.takeLost();
    if (lost[1] > 0) {
      block.lose(ticker.epochNanos(), lost[0], lost[1]);
    }
    if (lost[3] > 0) {
      mutex.lose(ticker.epochNanos(), lost[2], lost[3]);
    }
    return new int[] {waits, recorded - waits, ticks};
  }

  private void offer(
      EventBuffer buffer,
      Throwable stack,
      long epochNanos,
      long threadId,
      long contentions,
      long delayNanos) {
    if (agentThreads.contains(threadId)) {
      return;
    }
    List<Frame> where = frames.of(stack.getStackTrace());
    if (contentions == JvmPprofRates.TICKED) {
      ticks++;
      estimates.ticked(where, delayNanos);
      return;
    }
    recorded++;
    double share = share(buffer, where, contentions, delayNanos);
    // Whoever holds a lock that others wait for is not idle, whatever its thread is for.
    Labels labels = buffer == block ? idleSites.labelsOf(where) : Labels.NONE;
    long likelyContentions = Math.round(share * Math.max(contentions, ~contentions));
    long likelyNanos = Math.round(share * delayNanos);
    buffer.offer(new Event(epochNanos, where, labels, likelyContentions, likelyNanos));
  }

  /** How much of it counts. */
  private double share(EventBuffer buffer, List<Frame> where, long contentions, long delayNanos) {
    if (contentions >= 0) {
      if (buffer == block) {
        estimates.certain(where, delayNanos);
      }
      return 1;
    }
    return buffer == block
        ? estimates.ofWaits(where, delayNanos)
        : estimates.ofReleases(where, delayNanos);
  }
}
