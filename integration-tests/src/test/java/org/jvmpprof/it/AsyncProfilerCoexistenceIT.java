package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jvmpprof.it.ProfileAssert.assertThat;

import java.nio.file.Path;
import one.profiler.AsyncProfiler;
import org.jvmpprof.it.programs.AsyncProgram;

class AsyncProfilerCoexistenceIT {
  @OnEachJdk
  void application_profilesItselfWhileAgentComesUp_oneYieldsClearly(Java java) {
    oneYieldsClearly(java, "atOnce");
  }

  @OnEachJdk
  void application_profilesItselfAfterAgentIsUp_oneYieldsClearly(Java java) {
    oneYieldsClearly(java, "later");
  }

  private static void oneYieldsClearly(Java java, String when) {
    Path file = java.directory().resolve(when + ".jfr");

    ChildJvm program =
        java.program(AsyncProgram.class)
            .library(AsyncProfiler.class)
            .agent()
            .args(when, file.toString())
            .run();

    assertThat(program.profile()).isValid().hasStack(".*AsyncProgram\\.busy");
    if (program.text("own").equals("ok")) {
      assertThat(file).isNotEmptyFile();
    } else {
      assertThat(program.text("own")).contains("already started");
    }
  }
}
