package org.jvmpprof.agent.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvmpprof.agent.jvm.ChildJvm;
import org.jvmpprof.agent.jvm.Jdk;
import org.jvmpprof.programs.HeapProgram;

/** Real JVMs, with each of their collectors. */
class HeapProfileJvmTest {
  private static final long MIB = 1 << 20;

  @TempDir Path scratch;

  @BeforeAll
  static void needsTheLibrary() {
    assumeTrue(
        HeapLibrary.class.getResource("/" + HeapLibrary.resource()) != null,
        "no C compiler when the agent was built");
  }

  static List<Arguments> collectors() throws Exception {
    List<Arguments> all = new ArrayList<>();
    for (Jdk jdk : Jdk.since(17)) {
      for (String collector : List.of("Serial", "Parallel", "G1", "Z")) {
        all.add(Arguments.of(jdk, collector));
      }
    }
    return all;
  }

  static List<Jdk> jdks() throws Exception {
    return Jdk.since(17);
  }

  @ParameterizedTest(name = "{1} on {0}")
  @MethodSource("collectors")
  void everything_eachCollector_isAsAllocated(Jdk jdk, String collector) throws Exception {
    HeapRun run = run(jdk, "everything", "-Xmx512m", "-XX:+Use" + collector + "GC");
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
    HeapRun run = run(jdk, "young", "-Xmx128m", "-XX:+Use" + collector + "GC");
    HeapRun.Values transients = run.site("young", "siteTransient");
    assertThat(transients.inUseBytes()).isLessThan(transients.allocBytes() / 10);
    assertThat(run.site("young", "siteKept", row -> row.contains("byte[]")))
        .hasToString("16: 16777216 [16: 16777216]");
    assertThat(run.lines())
        .anyMatch(line -> line.matches("# LastGCCause = [A-Z].*"))
        .anyMatch(line -> line.matches("# LastGCPauseNanos = [1-9][0-9]*"));
  }

  private static void hasNoReferenceLeft(HeapRun run) {
    // The JVM has a few of its own.
    assertThat(Long.parseLong(run.text("weak.stopped")))
        .isLessThan(Long.parseLong(run.text("weak.before")) + 20);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void truth_sampled_isWithinChance(Jdk jdk) throws Exception {
    // 2400, 1600, 24000 and 640 samples or so.
    HeapRun run = run(jdk, "truth", "-Xmx512m", "-Dmegabytes=25", "-Drate=16384");
    isAbout(run, "siteKept1k", 75, 75, 12);
    isAbout(run, "siteKept64k", 25, 25, 2);
    isAbout(run, "siteChurned", 750, 0, 5);
    isAbout(run, "siteFinalizable", 5, 5, 30);
  }

  private static void isAbout(
      HeapRun run, String site, long allocated, long inUse, double percent) {
    HeapRun.Values values = run.site("truth", site, row -> row.contains(".HeapSites.site"));
    assertThat(values.allocBytes())
        .as(site)
        .isCloseTo(allocated * MIB, Percentage.withPercentage(percent));
    assertThat(values.inUseBytes())
        .as(site)
        .isCloseTo(inUse * MIB, Percentage.withPercentage(percent));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void agentThreads_allocate_areNotInTheProfile(Jdk jdk) throws Exception {
    HeapRun run = run(jdk, "agent");
    assertThat(run.rows("agent", "siteTransient")).isEmpty();
    assertThat(run.site("agent", "siteAgain").allocBytes()).isEqualTo(16 * MIB);
    hasNoReferenceLeft(run);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void virtualThread_allocates_isLikeAnyThread(Jdk jdk) throws Exception {
    assumeTrue(jdk.feature() >= 21, "virtual threads");
    assertThat(run(jdk, "virtual").site("virtual", "siteKept", row -> row.contains("byte[]")))
        .hasToString("64: 67108864 [64: 67108864]");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void classes_unloadedAllTheTime_doNoHarm(Jdk jdk) throws Exception {
    for (String collector : List.of("G1", "Z")) {
      HeapRun run = run(jdk, "unload", "-XX:+Use" + collector + "GC");
      assertThat(run.text("unloaded")).isNotEqualTo("0");
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void library_checkedJni_isSilent(Jdk jdk) throws Exception {
    HeapRun run = run(jdk, "everything", "-Xcheck:jni", "-Xmx512m");
    assertThat(run.lines()).allMatch(line -> line.startsWith("row ") || line.startsWith("weak."));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void start_temporaryDirectoryMissing_saysWhy(Jdk jdk) throws Exception {
    HeapRun run = run(jdk, "start", "-Djava.io.tmpdir=" + scratch.resolve("missing"));
    assertThat(run.text("unavailable"))
        .startsWith("its library cannot be loaded (")
        .contains("-Djava.io.tmpdir");
  }

  private HeapRun run(Jdk jdk, String program, String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("-Dprogram=" + program);
    return new HeapRun(ChildJvm.run(jdk, scratch, HeapProgram.class, all.toArray(String[]::new)));
  }
}
