package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;

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

  private static long delay(Map<String, List<Long>> values, String function) {
    return values.entrySet().stream()
        .filter(row -> row.getKey().contains(function))
        .mapToLong(row -> row.getValue().get(1))
        .sum();
  }
}
