package org.jvmpprof.agent.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvmpprof.agent.stack.Frame;

class JvmThreadsTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  @TempDir Path process;

  private final Map<String, Long> samples = new TreeMap<>();
  private long nowNanos = TimeUnit.SECONDS.toNanos(1_000);
  private JvmThreads threads;

  @BeforeEach
  void setUp() {
    CpuSink sink =
        new CpuSink() {
          @Override
          public void sample(long epochNanos, long threadId, List<Frame> frames, long count) {
            assertThat(epochNanos).isEqualTo(nowNanos);
            assertThat(threadId).isZero();
            assertThat(frames).hasSize(1);
            samples.merge(frames.get(0).function().name(), count, Long::sum);
          }

          @Override
          public void lost(long count) {
            throw new AssertionError("nothing is lost here");
          }
        };
    threads = new JvmThreads(process, 10 * MILLI, sink, () -> nowNanos);
  }

  @Test
  void look_collectorUsedCpu_givesWholePeriodsAndKeepsTheRest() throws IOException {
    thread(11, "GC Thread#0", 0);
    thread(12, "G1 Conc#0", 0);
    threads.start();
    thread(11, "GC Thread#0", 16 * MILLI);
    thread(12, "G1 Conc#0", 9 * MILLI);

    threads.look();
    assertThat(samples).containsExactly(Map.entry("[jvm] GC", 2L));

    thread(12, "G1 Conc#0", 14 * MILLI);
    threads.look();
    assertThat(samples).containsExactly(Map.entry("[jvm] GC", 3L));
  }

  @Test
  void look_severalKinds_givesOneStackForEach() throws IOException {
    threads.start();
    thread(11, "C1 CompilerThre", 10 * MILLI);
    thread(12, "C2 CompilerThre", 20 * MILLI);
    thread(13, "VM Thread", 30 * MILLI);
    thread(14, "JFR CPU Sampler", 40 * MILLI);
    thread(15, "VM Periodic Tas", 50 * MILLI);
    threads.look();
    assertThat(samples)
        .containsExactly(
            Map.entry("[jvm] C1 compiler", 1L),
            Map.entry("[jvm] C2 compiler", 2L),
            Map.entry("[jvm] JFR", 4L),
            Map.entry("[jvm] VM thread", 3L),
            Map.entry("[jvm] other", 5L));
  }

  @Test
  void look_cpuUsedBeforeStart_isNotCounted() throws IOException {
    thread(11, "C2 CompilerThre", 5_000 * MILLI);
    threads.start();
    thread(11, "C2 CompilerThre", 5_020 * MILLI);
    threads.look();
    assertThat(samples).containsExactly(Map.entry("[jvm] C2 compiler", 2L));
  }

  @Test
  void look_javaThreads_areLeftToJfr() throws IOException {
    threads.start();
    thread(11, "main", 1_000 * MILLI);
    thread(12, "Signal Dispatch", 1_000 * MILLI);
    thread(13, "JFR Periodic Ta", 1_000 * MILLI);
    thread(14, "G1000-worker", 1_000 * MILLI);
    threads.look();
    threads.look();
    assertThat(samples).isEmpty();
  }

  @Test
  void look_nameIsSetAfterFirstReading_countsFromTheBeginning() throws IOException {
    threads.start();
    thread(11, "java", 10 * MILLI);
    threads.look();
    thread(11, "C2 CompilerThre", 20 * MILLI);
    threads.look();
    assertThat(samples).containsExactly(Map.entry("[jvm] C2 compiler", 2L));
  }

  @Test
  void look_threadEnds_forgetsIt() throws IOException {
    thread(11, "C2 CompilerThre", 100 * MILLI);
    threads.start();
    Files.delete(task(11).resolve("comm"));
    Files.delete(task(11).resolve("schedstat"));
    Files.delete(task(11));
    threads.look();
    thread(11, "C1 CompilerThre", 10 * MILLI);
    threads.look();
    assertThat(samples).containsExactly(Map.entry("[jvm] C1 compiler", 1L));
  }

  @Test
  void look_cpuTimeCannotBeRead_countsNothingTwice() throws IOException {
    threads.start();
    thread(11, "VM Thread", 100 * MILLI);
    threads.look();
    Files.delete(task(11).resolve("schedstat"));
    threads.look();
    thread(11, "VM Thread", 110 * MILLI);
    threads.look();
    assertThat(samples).containsExactly(Map.entry("[jvm] VM thread", 11L));
  }

  @Test
  void look_kernelWithoutSchedstat_readsTicks() throws IOException {
    threads.start();
    Files.createDirectories(task(11));
    Files.writeString(task(11).resolve("comm"), "GC Thread#1\n");
    Files.writeString(
        task(11).resolve("stat"),
        "11 (a) b (c) S 1 2 3 0 -1 1077936192 4 5 6 7 30 12 0 0 20 0 40 0 99 8 9\n");
    threads.look();
    assertThat(samples).containsExactly(Map.entry("[jvm] GC", 42L));
  }

  @Test
  void look_noSuchDirectory_givesNothing() {
    threads.start();
    threads.look();
    assertThat(samples).isEmpty();
  }

  @Test
  void poll_tenTimesASecond_looksOnceASecond() throws IOException {
    threads.start();
    thread(11, "VM Thread", 10 * MILLI);
    nowNanos += 900 * MILLI;
    threads.poll();
    assertThat(samples).isEmpty();
    nowNanos += 100 * MILLI;
    threads.poll();
    assertThat(samples).containsExactly(Map.entry("[jvm] VM thread", 1L));
  }

  private Path task(int tid) {
    return process.resolve("task").resolve(Integer.toString(tid));
  }

  private void thread(int tid, String comm, long cpuNanos) throws IOException {
    Files.createDirectories(task(tid));
    Files.writeString(task(tid).resolve("comm"), comm + "\n");
    Files.writeString(task(tid).resolve("schedstat"), cpuNanos + " 12345 7\n");
  }
}
