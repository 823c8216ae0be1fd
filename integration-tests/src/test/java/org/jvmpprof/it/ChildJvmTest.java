package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvmpprof.it.programs.BurnThenExitProgram;

class ChildJvmTest {
  @TempDir Path directory;

  @Test
  void handshake_readyThenLine_programEnds() {
    try (ChildJvm program = burnThen("wait").start()) {
      program.awaitReady();
      assertThat(program.isAlive()).isTrue();
      program.send("go");
      program.awaitExit(0);

      assertThat(program.value("burnt")).isGreaterThanOrEqualTo(1_000_000);
    }
  }

  @Test
  void awaitReady_programEndsWithoutIt_failsWithItsOutput() {
    try (ChildJvm program = burnThen("throw").start()) {
      assertThatThrownBy(program::awaitReady)
          .hasMessageContaining("burnt=")
          .hasMessageContaining("IllegalStateException: as told");
    }
  }

  @Test
  void awaitExit_otherExitCode_failsWithOutput() {
    try (ChildJvm program = burnThen("exit").start()) {
      assertThatThrownBy(() -> program.awaitExit(0))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("burnt=");
      assertThat(program.awaitExit()).isEqualTo(3);
    }
  }

  @Test
  void close_runningProgram_killsIt() {
    ChildJvm program = burnThen("wait").start();
    program.awaitReady();

    program.close();

    assertThat(program.isAlive()).isFalse();
  }

  @Test
  void run_agentDirectory_isWhereItsProfileIsRead() throws IOException {
    Path profiles = Files.createDirectory(directory.resolve("profiles"));
    TestProfiles.empty().with(1, "Main.main").writeTo(profiles, "1");

    assertThat(burnThen("return").run().profile().totalNanos()).isEqualTo(10_000_000);
  }

  private Program burnThen(String end) {
    Jdk own = Jdks.find(Runtime.version().feature()).orElseThrow();
    return new Java(own, directory).program(BurnThenExitProgram.class).args("1000000", end);
  }
}
