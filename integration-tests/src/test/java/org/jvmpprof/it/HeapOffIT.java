package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jvmpprof.it.programs.HeapOffProgram;

/** The heap profile of a JVM that runs already, on and off again. */
class HeapOffIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final long OBJECTS = HeapOffProgram.OBJECTS;

  /** The JVM has some of its own. */
  private static final long OTHER_REFERENCES = 20;

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
      java.command("attach", pid, "dir=", "http=0", "heap=16k").run();
      HttpAgent agent = HttpAgent.of(program);

      program.send("keep");
      await().atMost(PATIENCE).until(() -> program.values().containsKey("weak.on"));
      // Each object is much larger than the rate, so all are sampled.
      assertThat(program.value("weak.on")).isGreaterThanOrEqualTo(OBJECTS);
      await().atMost(PATIENCE).until(() -> kept(agent).get(0) == OBJECTS);
      assertThat(kept(agent).get(2)).isEqualTo(OBJECTS);

      program.send("off");
      await().atMost(PATIENCE).until(() -> program.values().containsKey("weak.off"));
      assertThat(program.value("weak.off"))
          .isLessThan(program.value("weak.before") + OTHER_REFERENCES);
      assertThat(kept(agent)).containsExactly(OBJECTS, OBJECTS * ((1 << 20) + 16), 0L, 0L);

      program.send("end");
      program.awaitExit(0);
      assertThat(program.value("kept")).isEqualTo(OBJECTS);
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
