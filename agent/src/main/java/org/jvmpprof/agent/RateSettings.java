package org.jvmpprof.agent;

import org.jvmpprof.agent.contention.Contention;
import org.jvmpprof.agent.control.Rates;

/** The rates in force, where they are in force. */
final class RateSettings implements Rates {
  private final Contention contention;

  RateSettings(Contention contention) {
    this.contention = contention;
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
    return 0;
  }

  @Override
  public void setHeapBytes(long bytes) {}
}
