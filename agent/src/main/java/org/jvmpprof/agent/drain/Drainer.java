package org.jvmpprof.agent.drain;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jvmpprof.agent.event.Event;
import org.jvmpprof.agent.event.EventBuffer;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.profile.EventSink;
import org.jvmpprof.agent.stack.Stack;
import org.jvmpprof.agent.stack.StackTable;

/**
 * The one writer thread's body: every 100 ms it takes what has arrived, interns the stacks, hands
 * the events on and lets the files be written, as Go's {@code profileWriter} does.
 */
public final class Drainer implements Runnable {
  /** As Go's runtime/pprof: short enough that buffers do not fill, long enough to cost nothing. */
  private static final long ROUND_MILLIS = 100;

  private final List<Runnable> sources;
  private final List<EventBuffer> buffers;
  private final StackTable stacks;
  private final EventSink sink;
  private final AgentLog log;
  private final CountDownLatch stop = new CountDownLatch(1);

  /**
   * Puts the drainer together; it does nothing until it runs.
   *
   * @param sources asked at the start of each round to hand over what they have
   * @param buffers what the producers fill
   * @param stacks where stacks are interned
   * @param sink takes each event, and is flushed at the end of each round
   */
  public Drainer(
      List<Runnable> sources,
      List<EventBuffer> buffers,
      StackTable stacks,
      EventSink sink,
      AgentLog log) {
    this.sources = List.copyOf(sources);
    this.buffers = List.copyOf(buffers);
    this.stacks = stacks;
    this.sink = sink;
    this.log = log;
  }

  /** Runs rounds until {@link #stop}, and a last one then. */
  @Override
  public void run() {
    while (!awaitStop()) {
      sources.forEach(this::attempt);
      attempt(this::round);
    }
    attempt(this::round);
  }

  /** Ends {@link #run} after one last round, without waiting for it. */
  public void stop() {
    stop.countDown();
  }

  private void round() {
    for (EventBuffer buffer : buffers) {
      buffer.drainTo(event -> deliver(buffer, event));
    }
    sink.flush();
  }

  private void deliver(EventBuffer buffer, Event event) {
    Stack stack = stacks.intern(event.frames());
    sink.add(buffer.type(), event.epochNanos(), stack, event.count(), event.amount());
  }

  private boolean awaitStop() {
    try {
      return stop.await(ROUND_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // Nobody has a reason to interrupt this thread; whoever did must not end the profile.
      return false;
    }
  }

  /** A part that fails costs one line, never the writer thread. */
  private void attempt(Runnable part) {
    try {
      part.run();
    } catch (Throwable t) {
      log.errorOnce("drain", "profiles may be incomplete: " + t);
    }
  }
}
