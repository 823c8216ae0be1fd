package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jvmpprof.it.ProfileAssert.assertThat;

import java.nio.file.Path;
import one.profiler.AsyncProfiler;
import org.jvmpprof.it.programs.AsyncProgram;

class AsyncProfilerCoexistenceIT {
  @OnEachJdk
  void application_profilesItselfWhileAgentComesUp_bothProfile(Java java) {
    bothProfile(java, "atOnce");
  }

  @OnEachJdk
  void application_profilesItselfAfterAgentIsUp_bothProfile(Java java) {
    bothProfile(java, "later");
  }

  private static void bothProfile(Java java, String when) {
    Path file = java.directory().resolve(when + ".jfr");

    ChildJvm program =
        java.program(AsyncProgram.class)
            .library(AsyncProfiler.class)
            .agent()
            .args(when, file.toString())
            .run();

    assertThat(program.profile()).isValid().hasStack(".*AsyncProgram\\.busy");
    assertThat(program.text("own")).isEqualTo("ok");
    assertThat(file).isNotEmptyFile();
  }
}
