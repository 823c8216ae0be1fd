package org.jvmpprof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusCommandTest {
  @Test
  void status_plainJvm_saysNo() throws Exception {
    try (ChildProcess jvm = ChildProcess.jvm()) {
      assertThat(status(jvm.pid()))
          .isEqualTo(
              new CommandRun(0, "main class  %s%nagent       no%n".formatted(sleeper()), ""));
    }
  }

  @Test
  void status_profiledJvm_saysHow(@TempDir Path directory) throws Exception {
    Path agent = CommandRun.standInAgent(directory);
    try (ChildProcess jvm = ChildProcess.jvm()) {
      CommandRun.attach(agent, jvm.pid());
      assertThat(status(jvm.pid()).out().lines())
          .containsExactly(
              "main class  " + sleeper(),
              "agent       1.2-test",
              "profiles    " + Path.of("pprof").toAbsolutePath(),
              "http        http://127.0.0.1:6060/debug/pprof/",
              "cpu         none: only for tests",
              "contention  synchronized: bytecode",
              "heap        524288 bytes");
    }
  }

  @Test
  void status_noJvm_isOneLineAndExitCode1() throws Exception {
    try (ChildProcess other = ChildProcess.of("cat")) {
      CommandRun run = status(other.pid());
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err().lines()).hasSize(1);
    }
  }

  private static CommandRun status(String pid) {
    return CommandRun.of(Path.of("none"), List.of(), CommandRun.PATIENCE, "status", pid);
  }

  private static String sleeper() {
    return Sleeper.class.getName();
  }
}
