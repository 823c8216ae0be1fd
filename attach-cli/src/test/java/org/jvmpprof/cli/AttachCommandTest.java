package org.jvmpprof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttachCommandTest {
  @TempDir private Path directory;
  private Path agent;

  @BeforeEach
  void buildAgent() throws IOException {
    agent = CommandRun.standInAgent(directory);
  }

  @ParameterizedTest
  @MethodSource("org.jvmpprof.cli.ChildProcess#jdks")
  void attach_runningJvm_loadsAgentAndSaysWhereProfilesGo(Path jdk) throws Exception {
    try (ChildProcess child = ChildProcess.jvm(List.of(), jdk)) {
      CommandRun run = CommandRun.attach(agent, child.pid(), "dir=a b,cpu=5", "@odd=ü");
      assertThat(run.err()).isEmpty();
      assertThat(run.out().lines())
          .containsExactly(
              "attached jvm-pprof %s to %s (%s)"
                  .formatted(StandInAgent.VERSION, child.pid(), Sleeper.class.getName()),
              "profiles go to " + Path.of("pprof").toAbsolutePath(),
              "profiles are at http://127.0.0.1:6060/debug/pprof/");
      assertThat(run.exitCode()).isZero();
      TargetJvm jvm = TargetJvm.attach(child.process().pid(), CommandRun.PATIENCE);
      assertThat(jvm.properties()).containsEntry("standin.options", "dir=a b,cpu=5,@odd=ü");
      child.endsWell();
    }
  }

  @Test
  void attach_profiledJvm_changesNothingAndSaysSo() throws Exception {
    try (ChildProcess child = ChildProcess.jvm()) {
      CommandRun.attach(agent, child.pid(), "first");
      CommandRun again = CommandRun.attach(agent, child.pid(), "second");
      assertThat(again)
          .isEqualTo(
              new CommandRun(0, "already profiled by jvm-pprof 1.2-test: nothing changed\n", ""));
      TargetJvm jvm = TargetJvm.attach(child.process().pid(), CommandRun.PATIENCE);
      assertThat(jvm.properties()).containsEntry("standin.options", "first");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "0", "-1", "1.5", "99999999999999999999", "12 "})
  void attach_noNumber_saysSo(String pid) {
    assertFails(CommandRun.attach(agent, pid), "not a process id: " + pid);
  }

  @Test
  void attach_endedProcess_saysSo() throws Exception {
    ChildProcess child = ChildProcess.of("true");
    child.endsWell();
    assertFails(CommandRun.attach(agent, child.pid()), "no process " + child.pid());
  }

  @ParameterizedTest
  @ValueSource(strings = {"cat", "sleep 60"})
  void attach_processThatIsNoJvm_leavesItAlive(String command) throws Exception {
    try (ChildProcess child = ChildProcess.of(command.split(" ", -1))) {
      CommandRun run = CommandRun.attach(agent, child.pid());
      assertFails(run, "process %s is not a JVM".formatted(child.pid()));
      assertThat(child.process().isAlive()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("org.jvmpprof.cli.ChildProcess#jdks")
  void attach_jvmThatRefusesAgents_namesTheFlag(Path jdk) throws Exception {
    try (ChildProcess child = ChildProcess.jvm(List.of(), jdk, "-XX:-EnableDynamicAgentLoading")) {
      assertFails(
          CommandRun.attach(agent, child.pid()),
          "JVM %s runs with -XX:-EnableDynamicAgentLoading: %s"
              .formatted(child.pid(), JvmProcess.INSTEAD));
      child.endsWell();
    }
  }

  @Test
  void attach_jvmThatRefusesAttach_namesTheFlag() throws Exception {
    try (ChildProcess child = ChildProcess.jvm("-XX:+DisableAttachMechanism")) {
      assertFails(
          CommandRun.attach(agent, child.pid()),
          "JVM %s runs with -XX:+DisableAttachMechanism: %s"
              .formatted(child.pid(), JvmProcess.INSTEAD));
      child.endsWell();
    }
  }

  @Test
  void attach_jvmWithHiddenRefusal_saysThatItDoesNotAnswer() throws Exception {
    Path flags = Files.writeString(directory.resolve("flags"), "-XX:+DisableAttachMechanism");
    try (ChildProcess child = ChildProcess.jvm("@" + flags, "-XX:-UsePerfData")) {
      CommandRun run =
          CommandRun.of(agent, List.of(), Duration.ofSeconds(2), "attach", child.pid());
      assertFails(
          run,
          "JVM %s does not answer: it hangs, or refuses to be attached to".formatted(child.pid()));
      child.endsWell();
    }
  }

  @Test
  void attach_stoppedJvm_saysSoAndLeavesNothingBehind() throws Exception {
    try (ChildProcess child = ChildProcess.jvm()) {
      child.signal("STOP");
      CommandRun run = CommandRun.attach(agent, child.pid());
      assertFails(
          run,
          "JVM %s does not answer: it is stopped, kill -CONT %s lets it go on"
              .formatted(child.pid(), child.pid()));
      assertThat(Path.of(".attach_pid" + child.pid())).doesNotExist();
      child.signal("CONT");
      child.endsWell();
    }
  }

  @Test
  void attach_jvmWithoutSignalHandlerAndSocket_survives() throws Exception {
    try (ChildProcess child = ChildProcess.jvm("-Xrs")) {
      Files.delete(Path.of("/tmp/.java_pid" + child.pid()));
      assertFails(
          CommandRun.attach(agent, child.pid()),
          "JVM %s does not answer: it has no handler for SIGQUIT".formatted(child.pid()));
      child.endsWell();
    }
  }

  @Test
  void attach_startingJvm_survives() throws Exception {
    for (int i = 0; i < 5; i++) {
      Path jdk = Path.of(System.getProperty("java.home"));
      try (ChildProcess child = ChildProcess.startingJvm(List.of(), jdk)) {
        CommandRun.attach(agent, child.pid());
        child.awaitReady();
        child.endsWell();
      }
    }
  }

  @Test
  void attach_agentThatThrows_saysThatItCannotBeLoaded() throws Exception {
    try (ChildProcess child = ChildProcess.jvm()) {
      CommandRun run = CommandRun.attach(agent, child.pid(), "throw");
      assertThat(run.err())
          .startsWith("jvm-pprof: the agent cannot be loaded into JVM " + child.pid())
          .hasLineCount(1);
      assertThat(run.exitCode()).isOne();
    }
  }

  @Test
  void attach_agentThatStaysSilent_pointsToTheOtherStandardError() throws Exception {
    try (ChildProcess child = ChildProcess.jvm()) {
      assertFails(
          CommandRun.attach(agent, child.pid(), "silent"),
          "the agent did not start in JVM %s: see that JVM's standard error"
              .formatted(child.pid()));
    }
  }

  @Test
  void attach_agentThatHangs_givesUp() throws Exception {
    try (ChildProcess child = ChildProcess.jvm()) {
      CommandRun run =
          CommandRun.of(agent, List.of(), Duration.ofSeconds(3), "attach", child.pid(), "hang");
      assertFails(
          run,
          "JVM %s has not started the agent in time; it may still do so".formatted(child.pid()));
    }
  }

  @Test
  void attach_optionsTooLong_saysSo() throws Exception {
    try (ChildProcess child = ChildProcess.jvm()) {
      CommandRun run = CommandRun.attach(agent, child.pid(), "dir=/" + "x".repeat(1200));
      // Newer JVMs take more.
      if (run.exitCode() != 0) {
        assertFails(
            run,
            "JVM %s refuses options of 1205 characters: a JVM may take no more than 900"
                .formatted(child.pid()));
      }
      child.endsWell();
    }
  }

  @Test
  void attach_verbose_addsStackTrace() {
    CommandRun run = CommandRun.attach(agent, "x", "--verbose");
    assertThat(run.err()).startsWith("jvm-pprof: not a process id: x\n").contains("\tat ");
  }

  private static void assertFails(CommandRun run, String line) {
    assertThat(run).isEqualTo(new CommandRun(1, "", "jvm-pprof: " + line + "\n"));
  }
}
