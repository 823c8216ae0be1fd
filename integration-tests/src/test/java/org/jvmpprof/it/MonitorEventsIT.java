package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.jvmpprof.it.programs.HoldersProgram;
import org.jvmpprof.it.programs.MonitorsProgram;

/** Monitors that have no hooks are seen by the JVM's own events, the others only once. */
class MonitorEventsIT {
  private static final String PROGRAM = MonitorsProgram.class.getName().replace(".", "\\.");
  private static final String MEASURED = PROGRAM + "\\.measured";

  /** JFR does not tell of waits that are won by spinning; a busy machine does the rest. */
  private static final Percentage TOLERANCE = Percentage.withPercentage(10);

  @OnEachJdk
  void attach_loadedSynchronizedMethod_isTimedOnce(Java java) {
    try (ChildJvm program = attached(java, "Method")) {
      assertThat(java.command("status", String.valueOf(program.pid())).run().outLines())
          .filteredOn(line -> line.startsWith("contention "))
          .singleElement()
          .asString()
          .contains("loaded synchronized methods and JDK monitors: jfr", "parks: LockSupport");
      hasWaits(java, program, "\\$Method\\.hold");
    }
  }

  @OnEachJdk
  void attach_loadedSynchronizedMethodWithBlock_isTimedOnce(Java java) {
    try (ChildJvm program = attached(java, "Nested")) {
      hasWaits(java, program, "\\$Nested\\.hold");
    }
  }

  @OnEachJdk
  void premain_jdkMonitor_isTimedOnceNoticed(Java java) {
    try (ChildJvm program =
        java.program(MonitorsProgram.class).agent("block=1ns").args("Jdk").start()) {
      program.awaitReady();
      end(program);
      ContentionProfile block = block(java).endingIn("java\\.util\\.Hashtable\\.compute");
      isTruth(block, program);
    }
  }

  @OnEachJdk
  void premain_oneLongWaitForJdkMonitor_isThereWithoutJfr(Java java) {
    isThere(java, "2500", "1");
  }

  @OnEachJdk
  void premain_longWaitForJdkMonitorFromTheFirstStatement_isThere(Java java) {
    isThere(java, "4000", "1", "at once");
  }

  private static void isThere(Java java, String... times) {
    ChildJvm program =
        java.program(HoldersProgram.class)
            .agent("log=debug")
            .args(Stream.concat(Stream.of("table", "1"), Stream.of(times)).toArray(String[]::new))
            .run();

    ContentionProfile block =
        ContentionProfile.block(java.profiles()).endingIn("java\\.util\\.Hashtable\\.get");
    assertThat(block.contentions()).isEqualTo(1);
    assertThat(block.delayNanos()).isCloseTo(program.value("nanos"), TOLERANCE);
  }

  @OnEachJdk
  void premain_ownMonitorWhileEventsAreOn_isTimedOnce(Java java) {
    try (ChildJvm program =
        java.program(MonitorsProgram.class)
            .agent("monitor-events=on", "block=1ns")
            .args("Nested")
            .start()) {
      program.awaitReady();
      hasWaits(java, program, "\\$Nested\\.hold");
    }
  }

  @OnEachJdk
  void premain_nothingWaits_doesNotStartJfr(Java java) {
    ChildJvm program =
        java.program(MonitorsProgram.class).agent("cpu-engine=timer").args("nothing").run();

    assertThat(program.text("state")).contains("JDK monitors: off (no waits seen so far)");
    assertThat(program.text("jfr")).isEqualTo("false");
  }

  @OnEachJdk
  void premain_noJfrModule_saysSoAndGoesOn(Java java) {
    try (ChildJvm program =
        java.program(MonitorsProgram.class)
            .flags("--limit-modules=java.base,java.instrument,java.management,jdk.management")
            .agent("monitor-events=on", "cpu-engine=timer")
            .args("Method")
            .start()) {
      program.awaitLine("CONTENDED");

      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () ->
                  assertThat(program.agentLines())
                      .filteredOn(line -> line.contains("jdk.jfr is missing"))
                      .hasSize(1));
      assertThat(program.isAlive()).isTrue();
    }
  }

  private static ChildJvm attached(Java java, String kind) {
    ChildJvm program = java.program(MonitorsProgram.class).args(kind).start();
    program.awaitLine("CONTENDED");
    java.command("attach", String.valueOf(program.pid()), "dir=" + java.profiles() + ",block=1ns")
        .run();
    program.awaitReady();
    return program;
  }

  private static void hasWaits(Java java, ChildJvm program, String leaf) {
    end(program);
    isTruth(block(java).endingIn(PROGRAM + leaf), program);
  }

  private static ContentionProfile block(Java java) {
    return ContentionProfile.block(java.profiles()).under(MEASURED);
  }

  private static void isTruth(ContentionProfile waits, ChildJvm program) {
    assertThat(waits.delayNanos()).isCloseTo(program.value("waitedNanos"), TOLERANCE);
    assertThat(waits.contentions())
        .isBetween(program.value("waits") * 9 / 10, program.value("enters"));
  }

  private static void end(ChildJvm program) {
    program.send("stop");
    program.awaitExit(0);
  }
}
