package org.jvmpprof.benchmarks;

import java.util.concurrent.TimeUnit;
import org.jvmpprof.Labels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a labelled scope cost, beyond calling the action? Without an agent as it stands, with
 * one by {@code -jvmArgsAppend -javaagent:agent/target/jvm-pprof-agent.jar}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Thread)
public class LabelsBenchmark {
  private final Labels handler = Labels.of("handler", "/checkout");
  private final Labels phase = Labels.of("phase", "db");
  private final Labels[] many = new Labels[64];
  private final Runnable count = this::count;
  private final Runnable nested = this::nested;
  private long counter;

  /** Makes the label sets. */
  public LabelsBenchmark() {
    for (int i = 0; i < many.length; i++) {
      many[i] = Labels.of("tenant", "tenant" + i);
    }
  }

  private void nested() {
    phase.run(count);
  }

  private void count() {
    counter++;
  }

  /** The action alone. */
  @Benchmark
  public void baseline() {
    count.run();
  }

  /** The action in a scope. */
  @Benchmark
  public void measureScope() {
    handler.run(count);
  }

  /** The action in one of many scopes in turns. */
  @Benchmark
  public void measureManyScopes() {
    many[(int) counter & (many.length - 1)].run(count);
  }

  /** Two scopes. */
  @Benchmark
  public void measureNested() {
    handler.run(nested);
  }

  /** A scope whose labels are made for it, as most of Go's are. */
  @Benchmark
  public void measureNewLabels() {
    Labels.of("handler", "/checkout").run(count);
  }
}
