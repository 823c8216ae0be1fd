package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.awaitility.Awaitility.await;

import org.jvmpprof.it.programs.BusyLockProgram;

/** A lock that changes hands so often that by default not everything is recorded. */
class BusyLockIT {
  private static final String PROGRAM = BusyLockProgram.class.getName().replace(".", "\\.");

  /** What is lost in the first moments, when the agent's code is not compiled yet, is told. */
  private static final String LOST = "jvmpprof\\.lostProfileEvent";

  private static final String DEFAULT_RATES = " block=10000ns mutex=10;";

  @OnEachJdk
  void lock_contendedThousandsOfTimesASecond_sumsAndCountsAreTrue(Java java) {
    ChildJvm program = sumsAreTrue(java, "lock");
    assertThat(ContentionProfile.mutex(java.profiles()).under(rows("lock")).contentions())
        .as("one record may stand for hundreds")
        .isCloseTo(program.value("contended"), withinPercentage(80));
  }

  @OnEachJdk
  void monitor_contendedThousandsOfTimesASecond_sumsAreTrue(Java java) {
    sumsAreTrue(java, "monitor");
  }

  private static ChildJvm sumsAreTrue(Java java, String kind) {
    try (ChildJvm program = java.program(BusyLockProgram.class).agent().args(kind).start()) {
      program.awaitReady();
      await().until(() -> isCoarser(java, program));
      program.send("go on");
      program.awaitExit(0);

      long waitedNanos = program.value("waited");
      String rows = rows(kind);
      assertThat(ContentionProfile.block(java.profiles()).under(rows).delayNanos())
          .isCloseTo(waitedNanos, withinPercentage(10));
      assertThat(ContentionProfile.mutex(java.profiles()).under(rows).delayNanos())
          .as("few are recorded, and those that pause while they hold the lock count for many")
          .isCloseTo(waitedNanos, withinPercentage(50));
      return program;
    }
  }

  private static String rows(String kind) {
    return PROGRAM + "\\." + kind + "|" + LOST;
  }

  /** Whether other rates are in force than the default ones. */
  private static boolean isCoarser(Java java, ChildJvm program) {
    return java.command("status", String.valueOf(program.pid())).run().outLines().stream()
        .anyMatch(line -> line.startsWith("contention ") && !line.contains(DEFAULT_RATES));
  }
}
