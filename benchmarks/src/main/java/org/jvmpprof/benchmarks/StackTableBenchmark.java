package org.jvmpprof.benchmarks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.stack.StackTable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What does it cost the drainer to find a stack that it knows, of 40 frames among 1,000 stacks? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class StackTableBenchmark {
  private static final int STACKS = 1_000;

  private final Map<List<Frame>, Integer> map = new HashMap<>();
  private final StackTable table = new StackTable(2 * STACKS, 20 * STACKS);
  private final List<Frame> known = Samples.frames(STACKS / 2);

  /** Fills both. */
  public StackTableBenchmark() {
    for (int number = 0; number < STACKS; number++) {
      map.put(Samples.frames(number), number);
      var unused = table.intern(Samples.frames(number));
    }
  }

  /** A hash map keyed by the list of frames. */
  @Benchmark
  public int baselineHashMap() {
    return map.getOrDefault(known, -1);
  }

  /** The stack table. */
  @Benchmark
  public Object measureIntern() {
    return table.intern(known);
  }
}
