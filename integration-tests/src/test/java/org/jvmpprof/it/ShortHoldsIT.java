package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.jvmpprof.it.programs.ShortHoldsProgram;

/**
 * Monitors that are held for so short that whoever looks at a clock comes too late. What is known
 * of them is bounded by ticks of a clock, which on few cores find up to twice as much.
 */
class ShortHoldsIT {
  private static final String TURNS =
      ShortHoldsProgram.class.getName().replace(".", "\\.") + "\\.turns";

  @OnEachJdk
  void monitor_heldForAFifthOfAMicrosecond_sumsAreNotManyTimesTheTruth(Java java) {
    sumsAreNotManyTimesTheTruth(java, 150);
  }

  @OnEachJdk
  void monitor_heldForTwoMicroseconds_sumsAreNotManyTimesTheTruth(Java java) {
    sumsAreNotManyTimesTheTruth(java, 1_400);
  }

  private static void sumsAreNotManyTimesTheTruth(Java java, int steps) {
    try (ChildJvm program =
        java.program(ShortHoldsProgram.class).agent().args(String.valueOf(steps)).start()) {
      program.awaitReady();
      await().until(() -> contentionStatus(java, program).contains(" sampled"));
      program.send("go on");
      program.awaitExit(0);

      long elapsedNanos = program.value("elapsed");
      assertThat(ContentionProfile.block(java.profiles()).under(TURNS).delayNanos())
          .isBetween(elapsedNanos / 3, 3 * elapsedNanos);
      assertThat(ContentionProfile.mutex(java.profiles()).under(TURNS).delayNanos())
          .isBetween(elapsedNanos / 3, 3 * elapsedNanos);
    }
  }

  private static String contentionStatus(Java java, ChildJvm program) {
    List<String> lines = java.command("status", String.valueOf(program.pid())).run().outLines();
    return lines.stream().filter(line -> line.startsWith("contention ")).findFirst().orElse("");
  }
}
