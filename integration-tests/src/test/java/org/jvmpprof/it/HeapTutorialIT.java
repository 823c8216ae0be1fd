package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.data.Percentage;
import org.jvmpprof.it.programs.GarbageProgram;
import org.jvmpprof.it.programs.GibibyteProgram;

/** The two programs with which every tutorial of Go's heap profiles begins. */
class HeapTutorialIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final long GIBIBYTE = 1 << 30;
  private static final String KEEPS = GibibyteProgram.class.getName() + ".gibibyte";
  private static final String DROPS = GarbageProgram.class.getName() + ".allocate";
  private static final String JOINS = GarbageProgram.class.getName() + ".join";

  /**
   * By the default rate pieces of a MiB are sampled with probability 0.86, so that a gibibyte is
   * off by 1.2 % on average, and the mean of four by 0.6 %.
   */
  @OnEachJdk
  void gibibyte_keptInPieces_isInUseAtItsLine(Java java) throws Exception {
    HeapLibrary.assumeBuilt();
    List<Long> inUse = new ArrayList<>();
    Path scraped = java.directory().resolve("heap.pb.gz");
    try (ChildJvm program =
        java.program(GibibyteProgram.class)
            .flags("-Xmx3g")
            .agent("http=0", "cpu=0", "block=0", "mutex=0")
            .start()) {
      HttpAgent agent = HttpAgent.of(program);
      for (int round = 1; round <= GibibyteProgram.ROUNDS; round++) {
        program.send("next");
        program.awaitLine("round=" + round);
        inUse.add(scraped(agent, scraped).inUseBytes(KEEPS));
      }
      isShownByGo(scraped, program.value("line"));
      program.send("end");
      program.awaitExit(0);
    }
    assertThat(inUse).allSatisfy(bytes -> isAbout(bytes, 5));
    isAbout((long) inUse.stream().mapToLong(bytes -> bytes).average().orElseThrow(), 3);
    HeapFile last = last(java);
    assertThat(last.inUseBytes(KEEPS)).isCloseTo(inUse.get(3), Percentage.withPercentage(1));
    assertThat(last.allocBytes(KEEPS)).isCloseTo(4 * GIBIBYTE, Percentage.withPercentage(3));
  }

  private static void isAbout(long bytes, double percent) {
    assertThat(bytes).isCloseTo(GIBIBYTE, Percentage.withPercentage(percent));
  }

  private static HeapFile scraped(HttpAgent agent, Path file) throws Exception {
    // What was allocated up to a tenth of a second ago may not be in yet.
    agent.get("goroutine?seconds=1");
    Files.write(file, agent.get("heap?gc=1").response().body());
    return HeapFile.read(file);
  }

  private static void isShownByGo(Path file, long line) throws Exception {
    for (GoTool go : GoTool.all()) {
      String pattern =
          "([0-9.]+)MB +[0-9.]+% .*" + KEEPS + " .*GibibyteProgram.java:" + line + "\\n";
      Matcher flat = Pattern.compile(pattern).matcher(top(go, "-lines", file));
      assertThat(flat.find()).as(pattern).isTrue();
      isAbout((long) (Double.parseDouble(flat.group(1)) * (1 << 20)), 5);
      // The class is the root of the tree, so it is at the bottom of each stack.
      assertThat(top(go, "-tagroot=class", "-cum", file))
          .containsPattern("MB +(100|99[0-9.]*)% +byte\\[\\]\\n");
    }
  }

  @OnEachJdk
  void garbage_collectedByTheJvmAlone_isAllocatedAndNotInUse(Java java) throws Exception {
    HeapLibrary.assumeBuilt();
    try (ChildJvm program =
        java.program(GarbageProgram.class)
            .flags("-Xmx64m")
            .agent(
                "http=0", "rotate=1s", "heap=4k", "heap-classes=off", "cpu=0", "block=0", "mutex=0")
            .start()) {
      // Who answers by HTTP has begun to sample the heap, too.
      HttpAgent.of(program).program().send("go");
      program.awaitLine("done=true");
      int before = HeapFile.in(java.profiles()).size();
      await().atMost(PATIENCE).until(() -> HeapFile.in(java.profiles()).size() > before + 1);
      program.send("end");
      program.awaitExit(0);
    }
    HeapFile last = last(java);
    long allocated = GarbageProgram.ROUNDS * (16L << 20);
    assertThat(last.allocBytes(DROPS)).isCloseTo(allocated, Percentage.withPercentage(1));
    // A piece may be referred to during a collection.
    assertThat(last.inUseBytes(DROPS)).isLessThan(allocated / 100);
    hasOneFilePerPeriod(HeapFile.in(java.profiles()));
    assertThat(last.rows()).allSatisfy(row -> assertThat(row.labels()).containsExactly("bytes"));
    isJoinedWhereTheProgramSays(last);
    for (GoTool go : GoTool.all()) {
      assertThat(top(go, "-sample_index=alloc_space", last.path()))
          .containsPattern("3[12][0-9.]+MB .*" + DROPS);
      assertThat(top(go, "-sample_index=inuse_space", last.path()))
          .doesNotContainPattern("[1-9][0-9.]*MB .*" + DROPS);
    }
  }

  /** Each has all since the start, so what was allocated grows from file to file. */
  private static void hasOneFilePerPeriod(List<HeapFile> files) {
    assertThat(files).hasSizeGreaterThanOrEqualTo(4);
    List<Long> allocated = files.stream().map(file -> file.allocBytes(DROPS)).toList();
    assertThat(allocated).isSorted();
    assertThat(allocated.get(0)).isBetween(1L, allocated.get(files.size() - 1) - 1);
    assertThat(files).allSatisfy(f -> assertThat(f.inUseBytes(DROPS)).isLessThan(17L << 20));
  }

  /**
   * The strings are allocated by what the compiler makes of a plus sign: nobody has called that.
   */
  private static void isJoinedWhereTheProgramSays(HeapFile file) {
    List<HeapFile.Row> flat =
        file.rows().stream().filter(row -> row.frames().get(0).startsWith(JOINS + ":")).toList();
    assertThat(flat.stream().mapToLong(HeapFile.Row::allocBytes).sum())
        .isCloseTo(GarbageProgram.JOINED, Percentage.withPercentage(6));
  }

  private static HeapFile last(Java java) throws IOException {
    List<HeapFile> files = HeapFile.in(java.profiles());
    assertThat(files).isNotEmpty();
    return files.get(files.size() - 1);
  }

  private static String top(GoTool go, String option, Path file) throws Exception {
    return top(go, option, "-flat", file);
  }

  private static String top(GoTool go, String option, String order, Path file) throws Exception {
    GoTool.Result result = go.pprof("-top", "-unit=MB", option, order, file.toString());
    assertThat(result.exit()).as(result.err()).isZero();
    return result.out();
  }
}
