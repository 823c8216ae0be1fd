package org.jvmpprof.it;

import static org.jvmpprof.it.ProfileAssert.assertThat;

import java.time.Duration;
import org.jvmpprof.it.programs.BurnThenExitProgram;

class ExitIT {
  private static final String PROGRAM = BurnThenExitProgram.class.getName().replace(".", "\\.");

  @OnEachJdk
  void cpuTime_returnFromMain_isInFile(Java java) {
    burnThen(java, "return", 0);
  }

  @OnEachJdk
  void cpuTime_systemExit_isInFile(Java java) {
    burnThen(java, "exit", 3);
  }

  @OnEachJdk
  void cpuTime_uncaughtException_isInFile(Java java) {
    burnThen(java, "throw", 1);
  }

  @OnEachJdk
  void cpuTime_sigterm_isInFile(Java java) {
    try (ChildJvm program = program(java, "wait").start()) {
      program.awaitReady();
      program.terminate();
      program.awaitExit(128 + 15);

      hasBurnt(program);
    }
  }

  private static void burnThen(Java java, String end, int exitCode) {
    try (ChildJvm program = program(java, end).start()) {
      program.awaitExit(exitCode);

      hasBurnt(program);
    }
  }

  private static Program program(Java java, String end) {
    long burn = Duration.ofSeconds(3).toNanos();
    return java.program(BurnThenExitProgram.class).agent().args(String.valueOf(burn), end);
  }

  private static void hasBurnt(ChildJvm program) {
    assertThat(program.profile()).isValid();
    assertThat(program.profile().under(PROGRAM + "\\.main"))
        .hasTotalNanosOfAtLeast(program.value("burnt") / 10 * 9);
  }
}
