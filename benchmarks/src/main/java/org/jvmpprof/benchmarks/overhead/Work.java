package org.jvmpprof.benchmarks.overhead;

/** What one thread of a {@link Load} repeats. */
interface Work {
  /** One operation: some tenths of a millisecond of computing. */
  void run() throws Exception;
}
