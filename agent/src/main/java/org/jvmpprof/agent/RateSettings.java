package org.jvmpprof.agent;

import org.jvmpprof.agent.contention.Contention;
import org.jvmpprof.agent.control.Rates;
import org.jvmpprof.agent.heap.HeapProfile;
import org.jvmpprof.agent.heap.HeapUnavailableException;
import org.jvmpprof.agent.log.AgentLog;

/** The rates in force, where they are in force. */
final class RateSettings implements Rates {
  private final Contention contention;
  private final HeapProfile heap;
  private final Runnable heapBegins;
  private final AgentLog log;

  /**
   * Sets the rates of these.
   *
   * @param heapBegins called whenever the heap profile has got a rate
   */
  RateSettings(Contention contention, HeapProfile heap, Runnable heapBegins, AgentLog log) {
    this.contention = contention;
    this.heap = heap;
    this.heapBegins = heapBegins;
    this.log = log;
  }

  @Override
  public long blockNanos() {
    return contention.blockNanos();
  }

  @Override
  public void setBlockNanos(long nanos) {
    contention.setBlockNanos(nanos);
  }

  @Override
  public int mutexFraction() {
    return contention.mutexFraction();
  }

  @Override
  public void setMutexFraction(int fraction) {
    if (fraction >= 0) {
      contention.setMutexFraction(fraction);
    }
  }

  @Override
  public long heapBytes() {
    return heap.rateBytes();
  }

  @Override
  public void setHeapBytes(long bytes) {
    try {
      heap.setRate(bytes);
      if (bytes > 0) {
        heapBegins.run();
      }
    } catch (HeapUnavailableException e) {
      log.errorOnce("heap", "no heap profile: " + e.getMessage());
    }
  }
}
