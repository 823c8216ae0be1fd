package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.jvmpprof.it.ProfileAssert.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jvmpprof.it.programs.BusyProgram;

class AttachIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String BUSY = ".*BusyProgram\\.busy";

  @OnEachJdk
  void attach_runningJvm_isProfiledFromThenOn(Java java) {
    try (ChildJvm program = java.program(BusyProgram.class).start()) {
      program.awaitReady();
      assertThat(listed(java, program)).contains("BusyProgram").doesNotContain("yes");

      attach(java, program).run();

      await()
          .atMost(PATIENCE)
          .until(() -> program.profile().under(BUSY).totalNanos() > 1_000_000_000);
      assertThat(listed(java, program)).contains("BusyProgram", "yes");
      assertThat(java.command("status", String.valueOf(program.pid())).run().outLines())
          .filteredOn(line -> line.startsWith("cpu "))
          .singleElement()
          .asString()
          .contains("async: ", "compiled before the agent was attached");
      end(program);
      assertThat(program.profile()).isValid();
    }
  }

  @OnEachJdk
  void attach_twice_changesNothingAndSaysSo(Java java) {
    try (ChildJvm program = java.program(BusyProgram.class).start()) {
      program.awaitReady();
      attach(java, program).run();

      Path other = java.directory().resolve("other");
      saysOneLine(attach(java, program, other), "already profiled");

      end(program);
      assertThat(program.profile()).isValid();
      assertThat(other).doesNotExist();
    }
  }

  @OnEachJdk
  void attach_jvmStartedWithAgent_changesNothingAndSaysSo(Java java) {
    try (ChildJvm program = java.program(BusyProgram.class).agent().start()) {
      program.awaitReady();

      Path other = java.directory().resolve("other");
      saysOneLine(attach(java, program, other), "already profiled");

      assertThat(listed(java, program)).contains("yes");
      end(program);
      assertThat(program.profile()).isValid();
      assertThat(other).doesNotExist();
    }
  }

  @OnEachJdk
  void attach_jvmThatForbidsIt_failsWithOneLine(Java java) {
    try (ChildJvm program =
        java.program(BusyProgram.class).flags("-XX:-EnableDynamicAgentLoading").start()) {
      program.awaitReady();

      fails(attach(java, program), "EnableDynamicAgentLoading");

      end(program);
    }
  }

  @OnEachJdk
  void attach_noSuchProcess_failsWithOneLine(Java java) {
    try (ChildJvm ended = java.program(BusyProgram.class).start()) {
      ended.kill();

      fails(attach(java, ended), String.valueOf(ended.pid()));
    }
  }

  @OnEachJdk
  void attach_processThatIsNoJvm_failsWithOneLine(Java java) throws IOException {
    Process cat = new ProcessBuilder("cat").start();
    try {
      fails(java.command("attach", String.valueOf(cat.pid())), String.valueOf(cat.pid()));
      assertThat(cat.isAlive()).isTrue();
    } finally {
      cat.destroy();
    }
  }

  private static Program attach(Java java, ChildJvm program) {
    return attach(java, program, java.profiles());
  }

  private static Program attach(Java java, ChildJvm program, Path profiles) {
    return java.command("attach", String.valueOf(program.pid()), "dir=" + profiles);
  }

  /** The line of the program in the list of JVMs. */
  private static String listed(Java java, ChildJvm program) {
    List<String> lines = java.command("list").run().outLines();
    String pid = String.valueOf(program.pid());
    return lines.stream()
        .filter(line -> line.strip().startsWith(pid + " "))
        .findFirst()
        .orElseThrow(() -> new AssertionError(pid + " is not in " + lines));
  }

  private static void saysOneLine(Program command, String words) {
    ChildJvm attach = command.start();
    attach.awaitExit(0);
    assertThat(attach.outLines().size() + attach.errLines().size()).as("%s", attach).isEqualTo(1);
    assertThat(attach.toString()).contains(words);
  }

  private static void fails(Program command, String words) {
    ChildJvm attach = command.start();
    attach.awaitExit(1);
    assertThat(attach.errLines()).singleElement().asString().contains(words);
  }

  private static void end(ChildJvm program) {
    program.send("stop");
    program.awaitExit(0);
    assertThat(program.values()).containsEntry("done", "true");
  }
}
