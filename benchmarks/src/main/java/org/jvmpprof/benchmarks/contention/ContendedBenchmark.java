package org.jvmpprof.benchmarks.contention;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.infra.Blackhole;

/** What does a lock cost that others want too? */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ContendedBenchmark {
  private static final int WORK = 50;

  private final Object monitor = new Object();
  private final ReentrantLock lock = new ReentrantLock();
  private long entered;

  /** Two threads that take a monitor now and then. */
  @Benchmark
  @Threads(2)
  public long twoAlternating() {
    Blackhole.consumeCPU(WORK);
    synchronized (monitor) {
      return entered++;
    }
  }

  /** More threads than cores, which do their work within the monitor. */
  @Benchmark
  @Threads(4)
  public long heavilyContendedMonitor() {
    synchronized (monitor) {
      Blackhole.consumeCPU(WORK);
      return entered++;
    }
  }

  /** The same with a lock of java.util.concurrent, which parks. */
  @Benchmark
  @Threads(4)
  public long heavilyContendedLock() {
    lock.lock();
    try {
      Blackhole.consumeCPU(WORK);
      return entered++;
    } finally {
      lock.unlock();
    }
  }
}
