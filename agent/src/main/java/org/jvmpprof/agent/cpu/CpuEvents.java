package org.jvmpprof.agent.cpu;

import java.util.List;
import java.util.function.LongFunction;
import org.jvmpprof.agent.event.Event;
import org.jvmpprof.agent.event.EventBuffer;
import org.jvmpprof.agent.profile.Labels;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.time.Ticker;

/** Makes events of CPU samples. */
public final class CpuEvents implements CpuSink {
  private final EventBuffer buffer;
  private final LongFunction<Labels> ofThread;
  private final long periodNanos;
  private final Ticker ticker;

  /**
   * Makes a sink that fills a buffer.
   *
   * @param ofThread the labels of a thread that its stacks do not say, by the thread's id
   * @param periodNanos the CPU time that one sample stands for
   */
  public CpuEvents(
      EventBuffer buffer, LongFunction<Labels> ofThread, long periodNanos, Ticker ticker) {
    this.buffer = buffer;
    this.ofThread = ofThread;
    this.periodNanos = periodNanos;
    this.ticker = ticker;
  }

  @Override
  public void sample(long epochNanos, long threadId, List<Frame> frames, long samples) {
    Labels labels = ofThread.apply(threadId);
    buffer.offer(new Event(epochNanos, frames, labels, samples, samples * periodNanos));
  }

  @Override
  public void lost(long samples) {
    buffer.lose(ticker.epochNanos(), samples, samples * periodNanos);
  }
}
