package org.jvmpprof.benchmarks.contention;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What does an event cost that is recorded? The hooks are called as instrumented code calls them,
 * between stretches of work that are long enough for the agent to take all that is recorded. Only
 * the rates {@code block=1ns,mutex=1} record each.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecordedBenchmark {
  private static final int BETWEEN = 15_000;
  private static final int WAIT = 1_000;

  /** 5 µs and one contention, as JvmPprofCharge has it. */
  private static final long CHARGE = 5_000 << 4 | 1;

  private static final MethodHandle BEFORE =
      hook("waitBefore", MethodType.methodType(long.class, Object.class));
  private static final MethodHandle AFTER =
      hook("waitAfter", MethodType.methodType(void.class, Object.class, long.class));
  private static final MethodHandle RELEASED =
      hook("released", MethodType.methodType(void.class, long.class));

  private final Object lock = new Object();

  /** On the thread that has waited; the look at the clock before the wait is part of it. */
  @Benchmark
  public void recordedWait() throws Throwable {
    Blackhole.consumeCPU(BETWEEN);
    long token = (long) BEFORE.invokeExact(lock);
    Blackhole.consumeCPU(WAIT);
    AFTER.invokeExact(lock, token);
  }

  /** On the thread that has released, behind the release. */
  @Benchmark
  public void recordedRelease() throws Throwable {
    Blackhole.consumeCPU(BETWEEN);
    RELEASED.invokeExact(CHARGE);
  }

  /** Does nothing where there is no agent. */
  private static MethodHandle hook(String name, MethodType type) {
    try {
      Class<?> hooks = Class.forName("java.lang.JvmPprofContention");
      return MethodHandles.publicLookup().findStatic(hooks, name, type);
    } catch (ClassNotFoundException noAgent) {
      return MethodHandles.empty(type);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(name, e);
    }
  }
}
