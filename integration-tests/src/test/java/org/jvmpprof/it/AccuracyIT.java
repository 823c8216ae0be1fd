package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jvmpprof.it.ProfileAssert.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jvmpprof.it.programs.PhasesProgram;

class AccuracyIT {
  private static final String PROGRAM = PhasesProgram.class.getName().replace(".", "\\.") + "\\.";
  private static final double TWO_POINTS = 0.02;

  @OnEachJdk
  void phases_ofManyKinds_haveTheirSharesOfCpuTime(Java java) {
    GrowingSpan.from(Duration.ofSeconds(12), span -> measure(java, span));
  }

  private static void measure(Java java, Duration span) {
    Path profiles = java.directory().resolve("profiles-" + span);
    ChildJvm program =
        java.program(PhasesProgram.class)
            .agent(profiles)
            .args(String.valueOf(span.toNanos()))
            .run();
    Map<String, String> truth = program.values();
    double all = truth.values().stream().mapToLong(Long::parseLong).sum();
    CpuProfile measured = program.profile().under(PROGRAM + "measured");

    assertThat(program.profile()).isValid();
    assertThat(truth).hasSize(8);
    truth.forEach(
        (phase, nanos) -> {
          String method = PROGRAM + phase.replace("phase.", "");
          assertThat(measured).hasCumulativeShare(method, Long.parseLong(nanos) / all, TWO_POINTS);
        });
  }
}
