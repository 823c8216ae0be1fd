package org.jvmpprof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListCommandTest {
  private static final String SLEEPER = Sleeper.class.getName();

  @Test
  void list_noJvm_saysSo() {
    assertThat(CommandRun.list()).isEqualTo(new CommandRun(0, "no JVM of this user found\n", ""));
  }

  @Test
  void list_profiledPlainAndSilentJvms_showsOneOfEach(@TempDir Path directory) throws Exception {
    Path agent = CommandRun.standInAgent(directory);
    try (ChildProcess profiled = ChildProcess.jvm();
        ChildProcess plain = ChildProcess.jvm();
        ChildProcess stopped = ChildProcess.jvm()) {
      CommandRun.attach(agent, profiled.pid());
      stopped.signal("STOP");
      CommandRun run = CommandRun.list(profiled, plain, stopped);
      assertThat(run.out().lines())
          .containsExactly(
              "     PID  MAIN CLASS                AGENT",
              "%8s  %s  yes 1.2-test".formatted(profiled.pid(), SLEEPER),
              "%8s  %s  no".formatted(plain.pid(), SLEEPER),
              "%8s  %s  ?".formatted(stopped.pid(), SLEEPER));
      assertThat(run.err()).isEmpty();
      assertThat(run.exitCode()).isZero();
    }
  }

  @Test
  void ofThisUser_someProcesses_findsJvmsButNotThisOne() throws Exception {
    try (ChildProcess jvm = ChildProcess.jvm("-XX:-UsePerfData");
        ChildProcess other = ChildProcess.of("cat")) {
      List<JvmProcess> found = JvmProcess.ofThisUser();
      assertThat(found)
          .contains(jvm.asJvm())
          .doesNotContain(other.asJvm(), new JvmProcess(ProcessHandle.current().pid()));
    }
  }
}
