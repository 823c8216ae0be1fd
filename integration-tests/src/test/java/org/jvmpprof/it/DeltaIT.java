package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jvmpprof.it.programs.PhasedWaitsProgram;

/** Go's TestDeltaProfile with real contention. */
class DeltaIT {
  private static final String EARLY = "PhasedWaitsProgram.early";
  private static final String LATE = "PhasedWaitsProgram.late";

  @OnEachJdk
  void delta_contentionBeforeAndDuring_hasTheLatterOnly(Java java) throws Exception {
    ChildJvm program =
        java.program(PhasedWaitsProgram.class).agentArgument("http=0,block=1ns,mutex=1").start();
    try (HttpAgent agent = HttpAgent.of(program)) {
      for (String name : List.of("block", "mutex")) {
        long before = delay(agent.get(name).valuesByStack(), LATE);
        Scrape delta = agent.get(name + "?seconds=1");
        Map<String, List<Long>> cumulative = agent.get(name).valuesByStack();

        assertThat(delta.profile().getDurationNanos()).isGreaterThanOrEqualTo(1_000_000_000);
        assertThat(delta.valuesByStack().keySet()).noneMatch(stack -> stack.contains(EARLY));
        assertThat(delay(cumulative, EARLY)).as(name).isPositive();
        assertThat(delay(delta.valuesByStack(), LATE))
            .as(name)
            .isPositive()
            .isLessThanOrEqualTo(delay(cumulative, LATE) - before);
      }
    }
  }

  /** Grafana's godeltaprof: what all requests together bring is what there is. */
  @OnEachJdk
  void delta_sinceLastRequest_sumsAreTheCumulativeProfile(Java java) throws Exception {
    ChildJvm program =
        java.program(PhasedWaitsProgram.class).agentArgument("http=0,block=1ns,mutex=1").start();
    try (HttpAgent agent = HttpAgent.of(program)) {
      Map<String, List<Long>> block = new HashMap<>();
      Map<String, List<Long>> mutex = new HashMap<>();
      for (int i = 0; i < 3; i++) {
        add(agent.get("delta_block"), block);
        add(agent.get("delta_mutex"), mutex);
      }
      program.send("stop");
      program.awaitLine("QUIET");
      awaitSum(agent, "block", block);
      awaitSum(agent, "mutex", mutex);
    }
  }

  private static void awaitSum(HttpAgent agent, String name, Map<String, List<Long>> sum) {
    await()
        .untilAsserted(
            () -> {
              add(agent.get("delta_" + name), sum);
              assertThat(sum)
                  .isNotEmpty()
                  .containsExactlyInAnyOrderEntriesOf(agent.get(name).valuesByIdentity());
            });
  }

  private static void add(Scrape delta, Map<String, List<Long>> sum) throws IOException {
    delta
        .valuesByIdentity()
        .forEach(
            (row, values) ->
                sum.merge(
                    row, values, (a, b) -> List.of(a.get(0) + b.get(0), a.get(1) + b.get(1))));
  }

  private static long delay(Map<String, List<Long>> values, String function) {
    return values.entrySet().stream()
        .filter(row -> row.getKey().contains(function))
        .mapToLong(row -> row.getValue().get(1))
        .sum();
  }
}
