package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.jvmpprof.it.programs.HoldersProgram;
import org.jvmpprof.it.programs.RatesProgram;

/** Block and mutex profiles that are off at the start, on by the API and off again. */
class RatesIT {
  private static final String PROGRAM = RatesProgram.class.getName().replace(".", "\\.");

  @OnEachJdk
  void rates_setAtRunTime_filesHaveWhatBeganMeanwhile(Java java) {
    try (ChildJvm program =
        java.program(RatesProgram.class).api().agent("block=0", "mutex=0").start()) {
      program.awaitReady();
      assertThat(java.command("status", String.valueOf(program.pid())).run().outLines())
          .filteredOn(line -> line.startsWith("contention "))
          .singleElement()
          .asString()
          .contains("block=1ns mutex=1");
      program.send("off");
      program.awaitExit(0);

      ContentionProfile waited = ContentionProfile.block(java.profiles()).under(PROGRAM + ".*");
      ContentionProfile charged = ContentionProfile.mutex(java.profiles()).under(PROGRAM + ".*");
      isOnce(
          waited.under(PROGRAM + "\\.meanwhile").under(".*ReentrantLock\\.lock"),
          program.value("nanos"));
      isOnce(charged, program.value("held"));
      assertThat(waited.under(PROGRAM + "\\.(before|after)").rows()).isEmpty();
      assertThat(program.agentLines()).noneMatch(line -> line.contains("do not show"));
    }
  }

  @OnEachJdk
  void selfTest_nothingOfTheApplicationInstrumented_raisesNoAlarm(Java java) {
    ChildJvm program =
        java.program(HoldersProgram.class)
            .agent("include=com.example", "mutex=1")
            .args("lock", "1", "50", "1")
            .run();

    assertThat(program.agentLines()).noneMatch(line -> line.contains("do not show"));
    assertThat(ContentionProfile.mutex(java.profiles()).under(".*HoldersProgram.*").rows())
        .hasSize(1);
  }

  private static void isOnce(ContentionProfile profile, long nanos) {
    assertThat(profile.contentions()).isEqualTo(1);
    assertThat(profile.delayNanos()).isCloseTo(nanos, withinPercentage(5));
  }
}
