package org.jvmpprof.agent.drain;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jvmpprof.agent.event.Event;
import org.jvmpprof.agent.event.EventBuffer;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.profile.EventSink;
import org.jvmpprof.agent.profile.Sample;

/**
 * The one writer thread's body: every 100 ms it takes what has arrived, interns the stacks, hands
 * the events on and lets the files be written, as Go's {@code profileWriter} does.
 */
public final class Drainer implements Runnable {
  /** As Go's runtime/pprof: short enough that buffers do not fill, long enough to cost nothing. */
  private static final long ROUND_MILLIS = 100;

  private final List<Runnable> sources;
  private final List<EventBuffer> buffers;
  private final Function<Event, Sample> interned;
  private final EventSink sink;
  private final AgentLog log;

  private long roundsBegun;
  private long roundsDone;
  private boolean roundWanted;
  private boolean stopWanted;
  private boolean ended;

  /**
   * Puts the drainer together; it does nothing until it runs.
   *
   * @param sources asked at the start of each round to hand over what they have
   * @param buffers what the producers fill
   * @param interned makes a sample of an event: interns its stack and reads its labels
   * @param sink takes each event, and is flushed at the end of each round
   */
  public Drainer(
      List<Runnable> sources,
      List<EventBuffer> buffers,
      Function<Event, Sample> interned,
      EventSink sink,
      AgentLog log) {
    this.sources = List.copyOf(sources);
    this.buffers = List.copyOf(buffers);
    this.interned = interned;
    this.sink = sink;
    this.log = log;
  }

  /** Runs rounds until {@link #stop}, and a last one then. */
  @Override
  public void run() {
    boolean goOn;
    do {
      goOn = awaitRound();
      sources.forEach(this::attempt);
      attempt(this::round);
      done(!goOn);
    } while (goOn);
  }

  /** Ends {@link #run} after one last round, without waiting for it. */
  public synchronized void stop() {
    stopWanted = true;
    notifyAll();
  }

  /**
   * Runs a round now, and waits until it is over: what was handed over before this call has then
   * reached the sink.
   *
   * @param patience how long to wait at most, when the writer is stuck or has stopped
   */
  public synchronized void drainNow(Duration patience) throws InterruptedException {
    // A round that has begun already may have looked at a buffer too early.
    long awaited = roundsBegun + 1;
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    roundWanted = true;
    notifyAll();
    long millis = patience.toMillis();
    while (millis > 0 && roundsDone < awaited && !ended) {
      wait(millis);
      millis = millisUntil(deadlineNanos);
    }
  }

  private void round() {
    for (EventBuffer buffer : buffers) {
      buffer.drainTo(event -> sink.add(buffer.type(), interned.apply(event)));
    }
    sink.flush();
  }

  /** Waits for the next round's time; false when it is the last. */
  private synchronized boolean awaitRound() {
    long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ROUND_MILLIS);
    long millis = ROUND_MILLIS;
    while (millis > 0 && !roundWanted && !stopWanted) {
      try {
        wait(millis);
      } catch (InterruptedException e) {
        // Nobody has a reason to interrupt this thread; whoever did must not end the profile.
      }
      millis = millisUntil(deadlineNanos);
    }
    roundWanted = false;
    roundsBegun++;
    return !stopWanted;
  }

  private static long millisUntil(long deadlineNanos) {
    return TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
  }

  private synchronized void done(boolean last) {
    ended = last;
    roundsDone = roundsBegun;
    notifyAll();
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
