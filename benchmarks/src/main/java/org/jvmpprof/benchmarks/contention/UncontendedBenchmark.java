package org.jvmpprof.benchmarks.contention;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What does a lock cost that nobody else wants? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class UncontendedBenchmark {
  private final Object thin = new Object();
  private final Object inflated = new Object();
  private final ReentrantLock lock = new ReentrantLock();
  private long entered;

  /** A monitor that has been waited with stays inflated, free or not. */
  @Setup
  @SuppressWarnings("WaitNotInLoop") // Whether it was notified does not matter.
  public void inflate() throws InterruptedException {
    synchronized (inflated) {
      inflated.wait(1);
    }
  }

  /** A block on a lock that has always been free. */
  @Benchmark
  public long thinLock() {
    synchronized (thin) {
      return entered++;
    }
  }

  /** A block on a lock that has been contended before. */
  @Benchmark
  public long inflatedLock() {
    synchronized (inflated) {
      return entered++;
    }
  }

  /** A block in a block on the same lock. */
  @Benchmark
  public long recursiveLock() {
    synchronized (thin) {
      entered++;
      synchronized (thin) {
        return entered++;
      }
    }
  }

  /** The same on a lock that has been contended before. */
  @Benchmark
  public long inflatedRecursiveLock() {
    synchronized (inflated) {
      entered++;
      synchronized (inflated) {
        return entered++;
      }
    }
  }

  /** A method instead of a block. */
  @Benchmark
  public synchronized long synchronizedMethod() {
    return entered++;
  }

  /** A lock of java.util.concurrent. */
  @Benchmark
  public long reentrantLock() {
    lock.lock();
    try {
      return entered++;
    } finally {
      lock.unlock();
    }
  }
}
