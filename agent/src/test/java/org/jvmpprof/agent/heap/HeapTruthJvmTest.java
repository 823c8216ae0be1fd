package org.jvmpprof.agent.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvmpprof.agent.jvm.Jdk;

/** How much real JVMs allocate, and what the profile says of it. */
class HeapTruthJvmTest {
  private static final long MIB = 1 << 20;

  /** Of a map with a thousand entries: all allocated, all in use. */
  private static final Pattern NODES =
      Pattern.compile(
          "HashMap[.]newNode bytes:(32|40),class:java.util.HashMap[$]Node, (1000:\\1000):\\2 ");

  @TempDir Path scratch;

  static List<Arguments> collectors() throws Exception {
    return HeapRunner.collectors();
  }

  static List<Jdk> jdks() throws Exception {
    return Jdk.since(17);
  }

  /**
   * Of n objects that are sampled with probability p, the sum is off by sqrt((1-p)/(p*n)) on
   * average: here 1.0 %, 0.1 %, 0.3 % and 2.0 %. So four times that is within the bounds.
   */
  @ParameterizedTest(name = "{1} on {0}")
  @MethodSource("collectors")
  void truth_eachCollector_isWithinFiveAndTenPercent(Jdk jdk, String collector) throws Exception {
    HeapRun run =
        HeapRunner.run(
            jdk, collector, scratch, "truth", "-Xmx512m", "-Dmegabytes=25", "-Drate=8192");
    isAbout(run, "siteKept1k", ":byte[],", 75, 75, 5);
    isAbout(run, "siteKept64k", ":byte[],", 25, 25, 5);
    isAbout(run, "siteChurned", ":byte[],", 750, 0, 5);
    isAbout(run, "siteKeptSmall", "HeapSites$Small,", 20, 20, 10);
  }

  private static void isAbout(
      HeapRun run, String site, String type, long allocated, long inUse, double percent) {
    HeapRun.Values values = run.site("truth", site, row -> row.contains(type));
    assertThat(values.allocBytes())
        .as(site)
        .isCloseTo(allocated * MIB, Percentage.withPercentage(percent));
    if (inUse > 0) {
      assertThat(values.inUseBytes())
          .as(site)
          .isCloseTo(inUse * MIB, Percentage.withPercentage(percent));
    } else {
      // The last object is still referred to.
      assertThat(values.inUseObjects()).as(site).isLessThanOrEqualTo(17);
    }
  }

  @ParameterizedTest(name = "{1} on {0}")
  @MethodSource("collectors")
  void objects_mapHumongousFinalizable_areAsAllocated(Jdk jdk, String collector) throws Exception {
    HeapRun run = HeapRunner.run(jdk, collector, scratch, "objects", "-Xmx512m");
    // ZGC's references are not compressed.
    assertThat(run.rows("waiting", "siteMap")).anyMatch(row -> NODES.matcher(row).find());
    assertThat(run.site("waiting", "siteHumongous", row -> row.contains(":byte[],")))
        .hasToString("1: " + 40 * MIB + " [2: " + 80 * MIB + "]");
    assertThat(run.site("waiting", "siteHumongous", row -> row.contains(":long[],")))
        .hasToString("1: " + 40 * MIB + " [1: " + 40 * MIB + "]");
    assertThat(run.site("waiting", "siteFinalized", row -> row.contains("$Finalized,")))
        .hasToString("1000: 32000 [1000: 32000]");
    assertThat(run.site("finalized", "siteFinalized", row -> row.contains("$Finalized,")))
        .hasToString("0: 0 [1000: 32000]");
  }

  @ParameterizedTest(name = "{1} on {0}")
  @MethodSource("collectors")
  void virtualThreads_takeTurns_areLikeAnyThread(Jdk jdk, String collector) throws Exception {
    assumeTrue(jdk.feature() >= 21, "virtual threads");
    HeapRun run = HeapRunner.run(jdk, collector, scratch, "virtual", "-Xmx512m");
    assertThat(
            run.site("virtual", "siteSmallArrays", row -> row.contains("bytes:4096,class:byte[],")))
        .hasToString("6400: " + 25 * MIB + " [6400: " + 25 * MIB + "]");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void rates_tooManyChangedOrRaised_eachSampleCountsAsTaken(Jdk jdk) throws Exception {
    HeapRun run = HeapRunner.run(jdk, scratch, "rates", "-Xmx512m");
    HeapRun.Values flood = run.site("flood", "siteTransient");
    String[] lost = run.text("lost").split(":", 2);
    assertThat(Long.parseLong(lost[0])).isPositive();
    // What else was lost is not from this site.
    assertThat(flood.allocObjects() + Long.parseLong(lost[0])).isBetween(1_000_000L, 1_010_000L);
    assertThat(flood.allocBytes() + Long.parseLong(lost[1])).isGreaterThanOrEqualTo(64_000_000L);
    // By the rates 0.8 % on average; the doubled ones 2 %.
    assertThat(run.site("rates", "siteKept1k", row -> row.contains(":byte[],")).inUseBytes())
        .isCloseTo(96 * MIB, Percentage.withPercentage(4));
    assertThat(run.site("limited", "siteAlsoKept1k", row -> row.contains(":byte[],")).inUseBytes())
        .isCloseTo(128 * MIB, Percentage.withPercentage(10));
    assertThat(run.text("about.limited"))
        .containsPattern("[1-9][0-9]* bytes instead of 2048")
        .contains("more than 4000 objects");
    HeapRun.Values released =
        run.site("released", "siteAlsoKept1k", row -> row.contains(":byte[],"));
    assertThat(released.inUseBytes()).isZero();
    assertThat(released.allocBytes()).isCloseTo(128 * MIB, Percentage.withPercentage(10));
    assertThat(run.text("about.released")).isEqualTo("2048 bytes");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void stack_deeperThanIsKept_losesItsRoot(Jdk jdk) throws Exception {
    HeapRun run = HeapRunner.run(jdk, scratch, "deep");
    String deepSite = " org.jvmpprof.programs.HeapSites.siteDeep allocates ";
    assertThat(run.text("depth.shallow")).endsWith(deepSite + "java.lang.Thread.run");
    assertThat(run.text("depth.full")).isEqualTo("128" + deepSite + "java.lang.Thread.run");
    assertThat(run.text("depth.cut")).startsWith("128" + deepSite).doesNotEndWith("Thread.run");
    assertThat(run.text("depth.deep"))
        .isEqualTo("128" + deepSite + "org.jvmpprof.programs.HeapSites.siteDeep");
  }
}
