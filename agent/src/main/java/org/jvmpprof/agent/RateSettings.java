package org.jvmpprof.agent;

import org.jvmpprof.agent.control.Rates;
import org.jvmpprof.agent.options.AgentOptions;

/** The rates in force. */
final class RateSettings implements Rates {
  private volatile long blockNanos;
  private volatile int mutexFraction;
  private volatile long heapBytes;

  /** As the options say. */
  RateSettings(AgentOptions options) {
    blockNanos = options.blockThreshold().toNanos();
    mutexFraction = options.mutexFraction();
    heapBytes = options.heapBytes();
  }

  @Override
  public long blockNanos() {
    return blockNanos;
  }

  @Override
  public void setBlockNanos(long nanos) {
    blockNanos = Math.max(0, nanos);
  }

  @Override
  public int mutexFraction() {
    return mutexFraction;
  }

  @Override
  public void setMutexFraction(int fraction) {
    if (fraction >= 0) {
      mutexFraction = fraction;
    }
  }

  @Override
  public long heapBytes() {
    return heapBytes;
  }

  @Override
  public void setHeapBytes(long bytes) {
    heapBytes = Math.max(0, bytes);
  }
}
