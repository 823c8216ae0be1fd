package org.jvmpprof.benchmarks.contention;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What do two threads pay that park until the other one has taken its turn? */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PingPongBenchmark {
  private @Nullable Thread partner;
  private volatile @Nullable Thread ping;
  private volatile boolean ended;

  /** Starts the other thread. */
  @Setup
  public void start() {
    partner = new Thread(this::answer, "partner");
    partner.start();
  }

  /** Ends it. */
  @TearDown
  public void end() {
    ended = true;
    LockSupport.unpark(partner);
  }

  /** Wakes the partner and parks until the answer. */
  @Benchmark
  public void parkAndUnpark() {
    ping = Thread.currentThread();
    LockSupport.unpark(partner);
    while (ping != null) {
      LockSupport.park(this);
    }
  }

  private void answer() {
    while (!ended) {
      Thread waiting = ping;
      if (waiting == null) {
        LockSupport.park(this);
      } else {
        ping = null;
        LockSupport.unpark(waiting);
      }
    }
  }
}
