package org.jvmpprof.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jvmpprof.agent.encode.Gzip;
import org.jvmpprof.agent.encode.ProfileEncoder;
import org.jvmpprof.agent.encode.ProfileHeader;
import org.jvmpprof.agent.profile.Labels;
import org.jvmpprof.agent.profile.ProfileType;
import org.jvmpprof.agent.profile.Row;
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

/** What does it cost to write 100 rows of new stacks, beside what compressing them costs anyway? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ProfileEncoderBenchmark {
  private static final int ROWS = 100;
  private static final long PERIOD_NANOS = 10_000_000;
  private static final long DURATION_NANOS = 100_000_000;

  private final List<Row> rows = rows();
  private final byte[] encoded = fragment();

  /** Compresses bytes that are encoded already. */
  @Benchmark
  public byte[] baselineGzip() {
    return Gzip.member(encoded);
  }

  /** Encodes the same bytes and compresses them. */
  @Benchmark
  public byte[] measureFragmentAndGzip() {
    return Gzip.member(fragment());
  }

  private byte[] fragment() {
    ProfileHeader header = new ProfileHeader(ProfileType.CPU, PERIOD_NANOS, 1, "example");
    return new ProfileEncoder(header).fragment(rows, DURATION_NANOS, List.of()).bytes();
  }

  private static List<Row> rows() {
    StackTable table = new StackTable(ROWS, 40 * ROWS);
    return IntStream.range(0, ROWS)
        .mapToObj(
            number ->
                new Row(
                    table.intern(Samples.frames(number)), Labels.NONE, List.of(1L, PERIOD_NANOS)))
        .toList();
  }
}
