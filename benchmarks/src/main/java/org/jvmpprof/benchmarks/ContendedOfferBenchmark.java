package org.jvmpprof.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.infra.Control;

/**
 * How many events can two threads hand over that do nothing else, while a third one drains? A
 * refused offer is repeated: what counts is an event that was taken. Throughput, because the
 * average time of a thread that had to wait for a CPU would outweigh all others.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@SuppressWarnings(
    "ThreadPriorityCheck") // more threads than CPUs: who waits must let the others run
public class ContendedOfferBenchmark {

  private static final int PRODUCERS = 2;

  /** The least that any hand-over costs: one atomic step on a shared counter. */
  @Benchmark
  @Group("baselineCounter")
  @GroupThreads(PRODUCERS)
  public long count(HandOver shared) {
    return shared.count();
  }

  /** The JDK's bounded queue. */
  @Benchmark
  @Group("baselineQueue")
  @GroupThreads(PRODUCERS)
  public void offerToQueue(HandOver shared, Control control) {
    while (!shared.offerToQueue() && !control.stopMeasurement) {
      Thread.yield();
    }
  }

  /** Empties the JDK's queue. */
  @Benchmark
  @Group("baselineQueue")
  public void drainQueue(HandOver shared, Blackhole sink) {
    shared.drainQueue(sink);
    Thread.yield();
  }

  /** Our buffer. */
  @Benchmark
  @Group("measureBuffer")
  @GroupThreads(PRODUCERS)
  public void offerToBuffer(HandOver shared, Control control) {
    while (!shared.offerToBuffer() && !control.stopMeasurement) {
      Thread.yield();
    }
  }

  /** Empties our buffer. */
  @Benchmark
  @Group("measureBuffer")
  public void drainBuffer(HandOver shared, Blackhole sink) {
    shared.drainBuffer(sink);
    Thread.yield();
  }
}
