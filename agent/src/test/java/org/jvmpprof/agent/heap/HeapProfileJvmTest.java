package org.jvmpprof.agent.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvmpprof.agent.jvm.Jdk;

/** Real JVMs, with each of their collectors. */
class HeapProfileJvmTest {
  private static final long MIB = 1 << 20;

  @TempDir Path scratch;

  static List<Arguments> collectors() throws Exception {
    return HeapRunner.collectors();
  }

  static List<Jdk> jdks() throws Exception {
    return Jdk.since(17);
  }

  @ParameterizedTest(name = "{1} on {0}")
  @MethodSource("collectors")
  void everything_eachCollector_isAsAllocated(Jdk jdk, String collector) throws Exception {
    HeapRun run = HeapRunner.run(jdk, collector, scratch, "everything", "-Xmx512m", "-Xcheck:jni");
    assertThat(run.lines()).allMatch(line -> line.startsWith("row ") || line.startsWith("weak."));
    hasGosShapes(run);
    hasKeptAndFreed(run);
    hasChurn(run);
    isReleased(run);
  }

  /** Go's TestMemoryProfiler, with the sizes of Java's objects. */
  private static void hasGosShapes(HeapRun run) {
    assertThat(run.site("shapes", "sitePersistent", row -> row.contains(":byte[],")))
        .hasToString("32: 1024 [32: 1024]");
    assertThat(run.site("shapes", "siteTransient")).hasToString("0: 0 [1024: 1048576]");
    assertThat(run.site("shapes", "siteLarge")).hasToString("0: 0 [1: 2097152]");
    assertThat(run.site("shapes", "siteReflective", row -> row.contains(":long[],")))
        .hasToString("32: 26112 [32: 26112]");
    assertThat(run.site("shapes", "siteTwoSizes", row -> row.contains("bytes:128,class:byte[],")))
        .hasToString("16: 2048 [16: 2048]");
    assertThat(run.site("shapes", "siteTwoSizes", row -> row.contains("bytes:256,class:byte[],")))
        .hasToString("16: 4096 [16: 4096]");
    assertThat(run.site("shapes", "siteMap", row -> row.contains(":java.util.HashMap$Node,")))
        .extracting(HeapRun.Values::inUseObjects)
        .isEqualTo(1000L);
    assertThat(run.rows("shapes", "sitePersistent"))
        .allSatisfy(row -> assertThat(row).matches(".* [1-9][0-9]*(,[1-9][0-9]*)*"));
    assertThat(run.site("shapes", "siteLambda", row -> row.contains(".lambda$shapes")))
        .hasToString("32: 32768 [32: 32768]");
  }

  private static void hasKeptAndFreed(HeapRun run) {
    HeapRun.Values kept = run.site("kept", "siteKept", row -> row.contains("byte[]"));
    assertThat(kept.inUseBytes()).isEqualTo(128 * MIB);
    assertThat(kept.allocBytes()).isEqualTo(128 * MIB);
    HeapRun.Values freed = run.site("freed", "siteKept", row -> row.contains("byte[]"));
    assertThat(freed).hasToString("0: 0 [128: " + 128 * MIB + "]");
  }

  private static void hasChurn(HeapRun run) {
    assertThat(run.site("churn", "siteChurn")).hasToString("0: 0 [40: " + 640 * MIB + "]");
  }

  private static void isReleased(HeapRun run) {
    assertThat(Long.parseLong(run.text("weak.sampling")))
        .isGreaterThan(Long.parseLong(run.text("weak.before")) + 100);
    hasNoReferenceLeft(run);
    assertThat(run.site("stopped", "siteKept").inUseBytes()).isZero();
    assertThat(run.rows("again", "siteAgain"))
        .hasSize(1)
        .first()
        .asString()
        .doesNotContain("class");
    assertThat(run.site("again", "siteAgain")).hasToString("0: 0 [64: " + 64 * MIB + "]");
  }

  @ParameterizedTest(name = "{1} on {0}")
  @MethodSource("collectors")
  void inUse_collectedByTheJvmAlone_isWhatSurvives(Jdk jdk, String collector) throws Exception {
    HeapRun run = HeapRunner.run(jdk, collector, scratch, "young", "-Xmx128m");
    HeapRun.Values transients = run.site("young", "siteTransient");
    assertThat(transients.inUseBytes()).isLessThan(transients.allocBytes() / 10);
    assertThat(run.site("young", "siteKept", row -> row.contains("byte[]")))
        .hasToString("16: 16777216 [16: 16777216]");
    assertThat(run.lines()).anyMatch(line -> line.matches("# LastGCPauseNanos = [1-9][0-9]*"));
    // While ZGC collects, the JVM may not tell the cause of the collection before.
    assertThat(run.lines())
        .anyMatch(line -> collector.equals("Z") || line.matches("# LastGCCause = [A-Z].*"));
  }

  private static void hasNoReferenceLeft(HeapRun run) {
    // The JVM has a few of its own.
    assertThat(Long.parseLong(run.text("weak.stopped")))
        .isLessThan(Long.parseLong(run.text("weak.before")) + 20);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void agentThreads_allocate_areNotInTheProfile(Jdk jdk) throws Exception {
    HeapRun run = HeapRunner.run(jdk, scratch, "agent");
    assertThat(run.rows("agent", "siteTransient")).isEmpty();
    assertThat(run.site("agent", "siteAgain").allocBytes()).isEqualTo(16 * MIB);
    hasNoReferenceLeft(run);
  }

  @ParameterizedTest(name = "{1} on {0}")
  @MethodSource("collectors")
  void classes_unloadedAllTheTime_doNoHarm(Jdk jdk, String collector) throws Exception {
    HeapRun run = HeapRunner.run(jdk, collector, scratch, "unload", "-Xcheck:jni");
    assertThat(run.text("unloaded")).isNotEqualTo("0");
    assertThat(run.lines()).noneMatch(line -> line.startsWith("WARNING"));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void start_temporaryDirectoryMissing_saysWhy(Jdk jdk) throws Exception {
    HeapRun run =
        HeapRunner.run(jdk, scratch, "start", "-Djava.io.tmpdir=" + scratch.resolve("missing"));
    assertThat(run.text("unavailable"))
        .startsWith("its library cannot be loaded (")
        .contains("-Djava.io.tmpdir");
  }
}
