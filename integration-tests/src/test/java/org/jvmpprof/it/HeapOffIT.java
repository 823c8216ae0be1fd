package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.jvmpprof.it.programs.HeapOffProgram;
import org.jvmpprof.proto.Profile;

/** The heap profile of a JVM that runs already, on and off again. */
class HeapOffIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final long OBJECTS = HeapOffProgram.OBJECTS;
  private static final long BYTES = OBJECTS * ((1 << 20) + 16);

  /** The JVM has some of its own. */
  private static final long OTHER_REFERENCES = 20;

  @BeforeAll
  static void needsTheLibrary() throws IOException {
    HeapLibrary.assumeBuilt();
  }

  @OnEachJdk
  void attach_rateSetToZeroByApi_followsNothingAnyMore(Java java) throws Exception {
    isReleased(java, "api");
  }

  @OnEachJdk
  void attach_rateSetToZeroByJmx_followsNothingAnyMore(Java java) throws Exception {
    isReleased(java, "jmx");
  }

  private static void isReleased(Java java, String way) throws Exception {
    try (ChildJvm program = java.program(HeapOffProgram.class).api().args(way).start()) {
      program.awaitReady();
      String pid = String.valueOf(program.pid());
      java.command("attach", pid, "dir=" + java.profiles(), "http=0", "heap=0", "heap-classes=off")
          .run();
      HttpAgent agent = HttpAgent.of(program);
      assertThat(java.command("status", pid).run().outLines()).contains("heap        off");

      program.send("keep");
      await().atMost(PATIENCE).until(() -> program.values().containsKey("weak.on"));
      // Each object is much larger than the rate, so all are sampled.
      assertThat(program.value("weak.on")).isGreaterThanOrEqualTo(OBJECTS);
      // At once: also what was allocated just before the collection.
      assertThat(kept(agent)).containsExactly(OBJECTS, BYTES, OBJECTS, BYTES);
      assertThat(java.command("status", pid).run().outLines()).contains("heap        16384 bytes");

      program.send("off");
      await().atMost(PATIENCE).until(() -> program.values().containsKey("weak.off"));
      assertThat(program.value("weak.off"))
          .isLessThan(program.value("weak.before") + OTHER_REFERENCES);
      assertThat(kept(agent)).containsExactly(OBJECTS, BYTES, 0L, 0L);

      program.send("end");
      program.awaitExit(0);
      assertThat(program.value("kept")).isEqualTo(OBJECTS);
    }
    // The rate came later than the files of other profiles.
    Profile last = lastFile(java.profiles());
    assertThat(last.getStringTableList())
        .contains(HeapOffProgram.class.getName() + ".keep")
        .doesNotContain("class");
  }

  private static Profile lastFile(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      Path last =
          files
              .filter(file -> file.getFileName().toString().startsWith("heap-"))
              .max(Comparator.naturalOrder())
              .orElseThrow();
      return ProfileFile.read(last).profile();
    }
  }

  /** Objects and bytes, allocated and in use; the list that grows meanwhile is another row. */
  private static List<Long> kept(HttpAgent agent) throws IOException, InterruptedException {
    return agent.get("heap?gc=1").valuesByStack().entrySet().stream()
        .filter(row -> row.getKey().startsWith(HeapOffProgram.class.getName() + ".keep "))
        .map(Map.Entry::getValue)
        .findAny()
        .orElse(List.of(0L, 0L, 0L, 0L));
  }
}
