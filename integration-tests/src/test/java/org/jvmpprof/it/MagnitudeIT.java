package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.jvmpprof.it.ProfileAssert.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.jvmpprof.it.programs.MagnitudeProgram;

/**
 * As Go's TestCPUProfileMultithreadMagnitude. The span is bounded on both sides by moments at which
 * the process is idle and all samples are in the file, so that neither the start of the JVM nor
 * samples still under way blur it.
 */
class MagnitudeIT {
  private static final String PROGRAM = MagnitudeProgram.class.getName().replace(".", "\\.");

  @OnEachJdk
  void total_oneBusyThread_isCpuTimeOfProcess(Java java) {
    GrowingSpan.from(Duration.ofSeconds(5), span -> measure(java, "one", span));
  }

  @OnEachJdk
  void total_eightBusyThreads_isCpuTimeOfProcess(Java java) {
    GrowingSpan.from(Duration.ofSeconds(3), span -> measure(java, "eight", span));
  }

  @OnEachJdk
  void total_manyShortLivedThreads_isCpuTimeOfProcess(Java java) {
    GrowingSpan.from(Duration.ofSeconds(4), span -> measure(java, "short", span));
  }

  @OnEachJdk
  void total_garbageCollection_isCpuTimeOfProcessAndShowsAsSuch(Java java) {
    GrowingSpan.from(
        Duration.ofSeconds(4),
        span -> {
          CpuProfile profile = measure(java, "allocating", span);
          assertThat(profile).hasStack("\\[jvm\\] GC");
          assertThat(profile.under("\\[jvm\\] .*")).hasNoStackWith(PROGRAM + "\\..*");
        });
  }

  private static CpuProfile measure(Java java, String mode, Duration span) {
    Path profiles = java.directory().resolve("profiles-" + span);
    try (ChildJvm program =
        java.program(MagnitudeProgram.class)
            .flags("-Xmx96m")
            .agent(profiles)
            .args(mode, String.valueOf(span.toNanos()))
            .start()) {
      program.awaitReady();
      long before = program.awaitSettledProfile().totalNanos();
      program.send("go");
      program.awaitExit(0);

      CpuProfile profile = program.profile();
      assertThat(profile).isValid().hasNoStackWith(PROGRAM + "\\.sleep");
      assertThat(profile.totalNanos() - before)
          .as("sampled CPU time with mode %s", mode)
          .isCloseTo(program.value("processNanos"), withinPercentage(5));
      return profile;
    }
  }
}
