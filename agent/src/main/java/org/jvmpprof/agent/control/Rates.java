package org.jvmpprof.agent.control;

/**
 * How much is recorded, as in Go's runtime package: changed while the program runs, keeping what
 * was recorded. Thread-safe.
 */
public interface Rates {
  /** Waits of at least so long are always recorded; 0 is off. */
  long blockNanos();

  /** Sets {@link #blockNanos} ({@code SetBlockProfileRate}); what is not positive is off. */
  void setBlockNanos(long nanos);

  /** One in so many contended releases is recorded; 0 is off. */
  int mutexFraction();

  /** Sets {@link #mutexFraction} ({@code SetMutexProfileFraction}); a negative one is ignored. */
  void setMutexFraction(int fraction);

  /** Mean bytes between two allocation samples; 0 is off. */
  long heapBytes();

  /** Sets {@link #heapBytes} ({@code MemProfileRate}); what is not positive is off. */
  void setHeapBytes(long bytes);
}
