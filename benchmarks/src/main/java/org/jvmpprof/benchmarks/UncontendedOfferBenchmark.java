package org.jvmpprof.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What does it cost a thread to hand over an event that nothing else happens to, as is the rule
 * between two rounds of the drainer? The thread empties a full buffer itself.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class UncontendedOfferBenchmark {

  /** The least that any hand-over costs: one atomic step on a shared counter. */
  @Benchmark
  public long baselineCounter(HandOver alone) {
    return alone.count();
  }

  /** The JDK's bounded queue. */
  @Benchmark
  public void baselineQueue(HandOver alone, Blackhole sink) {
    if (!alone.offerToQueue()) {
      alone.drainQueue(sink);
    }
  }

  /** Our buffer. */
  @Benchmark
  public void measureBuffer(HandOver alone, Blackhole sink) {
    if (!alone.offerToBuffer()) {
      alone.drainBuffer(sink);
    }
  }
}
