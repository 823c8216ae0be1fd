package org.jvmpprof.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.jvmpprof.it.ProfileAssert.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jvmpprof.it.programs.BurnThenExitProgram;
import org.jvmpprof.it.programs.BusyProgram;

class StoreTroubleIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @OnEachJdk
  void tornTail_nextStart_isCutBackToTheLastWholeMember(Java java) throws IOException {
    ProfileFile file = killedInTheMiddle(java);
    byte[] torn = Arrays.copyOf(TestProfiles.gzip("a fragment".getBytes(UTF_8)), 15);
    Files.write(file.path(), torn, APPEND);

    burn(java);

    assertThat(CpuProfile.in(java.profiles())).isValid();
    assertThat(samplesIn(file.path())).isEqualTo(CpuProfile.of(List.of(file)).nanos());
  }

  @OnEachJdk
  void lastMemberCutShort_nextStart_keepsTheOthers(Java java) throws IOException {
    ProfileFile file = killedInTheMiddle(java);
    List<Integer> ends = file.members().ends();
    byte[] all = Files.readAllBytes(file.path());
    assertThat(ends).hasSizeGreaterThan(2);
    Files.write(file.path(), Arrays.copyOf(all, ends.get(ends.size() - 2)));
    Map<CpuProfile.Stack, Long> others = samplesIn(file.path());
    Files.write(file.path(), Arrays.copyOf(all, all.length - 5));

    burn(java);

    assertThat(CpuProfile.in(java.profiles())).isValid();
    assertThat(samplesIn(file.path())).isEqualTo(others);
  }

  @OnEachJdk
  void fileOfAnotherRunningJvm_start_isLeftAlone(Java java) {
    try (ChildJvm running = java.program(BusyProgram.class).agent().start()) {
      await().atMost(PATIENCE).until(() -> running.profile().totalNanos() > 0);
      burn(java);
      long then = busyNanos(running);
      await().atMost(PATIENCE).until(() -> busyNanos(running) > then);
      running.send("stop");
      running.awaitExit(0);

      assertThat(running.profile()).isValid();
      assertThat(running.profile().under(".*BusyProgram\\.busy"))
          .hasTotalNanosOfAtLeast(running.value("cpu") / 10 * 9);
    }
  }

  @OnEachJdk
  void foreignFiles_startRotationAndRetention_areNotTouched(Java java) throws IOException {
    Map<Path, byte[]> foreign = new LinkedHashMap<>();
    Files.createDirectories(java.profiles());
    for (String name :
        List.of(
            "notes.txt",
            "cpu-notes.pb.gz.bak",
            "mycpu-20200101T000000.000Z-1.pb.gz",
            "cpu-20200101T000000.000Z-1.pb.gz.old",
            "cpu-20200101-1.pb.gz",
            "20200101.pb.gz")) {
      byte[] content = ("not a profile: " + name).getBytes(UTF_8);
      foreign.put(Files.write(java.profiles().resolve(name), content), content);
    }

    java.program(BurnThenExitProgram.class)
        .agent("rotate=1s", "keep=1s", "max-size=1k")
        .args("3000000000", "return")
        .run();

    foreign.forEach((path, content) -> assertThat(path).hasBinaryContent(content));
  }

  @OnEachJdk
  void directory_fileInTheWay_costsOneLineAndProgramRuns(Java java) throws IOException {
    Path file = Files.writeString(java.directory().resolve("file"), "in the way");

    ChildJvm program =
        java.program(BurnThenExitProgram.class)
            .agent(file.resolve("profiles"), "log=error")
            .args("1000000000", "return")
            .run();

    assertThat(program.values()).containsKey("burnt");
    assertThat(program.errLines()).singleElement().asString().contains("dir", file.toString());
    assertThat(file).hasContent("in the way");
  }

  @OnEachJdk
  void disk_fullAndThenNotAnyMore_costsOneLineAndWritingResumes(Java java) throws IOException {
    try (TinyDisk disk = TinyDisk.mountAt(java.directory().resolve("disk"));
        ChildJvm program =
            java.program(BusyProgram.class).agent(disk.root(), "log=error").start()) {
      await().atMost(PATIENCE).until(() -> busyNanos(program) > 0);
      disk.fill();
      await().atMost(PATIENCE).until(() -> !program.agentLines().isEmpty());
      disk.empty();
      long then = program.value("cpu");
      await().atMost(PATIENCE).until(() -> program.value("cpu") > then + 2_000_000_000L);
      program.send("stop");
      program.awaitExit(0);

      assertThat(program.errLines()).hasSize(1);
      assertThat(program.profile()).isValid();
      assertThat(program.profile().under(".*BusyProgram\\.busy"))
          .hasTotalNanosOfAtLeast((program.value("cpu") - then) / 10 * 9);
    }
  }

  private static long busyNanos(ChildJvm program) {
    return program.profile().under(".*BusyProgram\\.busy").totalNanos();
  }

  private static Map<CpuProfile.Stack, Long> samplesIn(Path file) throws IOException {
    return CpuProfile.of(List.of(ProfileFile.read(file))).nanos();
  }

  private static void burn(Java java) {
    java.program(BurnThenExitProgram.class).agent().args("1000000000", "return").run();
  }

  /** A file that was still being appended to. */
  private static ProfileFile killedInTheMiddle(Java java) {
    try (ChildJvm program = java.program(BusyProgram.class).agent().start()) {
      await().atMost(PATIENCE).until(() -> busyNanos(program) > 2_000_000_000L);
      program.kill();
      return program.profile().files().get(0);
    }
  }
}
