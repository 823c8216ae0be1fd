package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.h2.Driver;
import org.jvmpprof.it.programs.H2Program;

class AlwaysValidIT {
  @OnEachJdk
  void files_readAllTheTimeAcrossRotations_parseEachTime(Java java) throws IOException {
    int reads = 0;
    try (ChildJvm program =
        java.program(H2Program.class)
            .library(Driver.class)
            .agent("rotate=2s")
            .args(String.valueOf(Duration.ofSeconds(10).toNanos()))
            .start()) {
      while (program.runsFor(Duration.ofMillis(2))) {
        reads += readAll(java.profiles());
      }
      program.awaitExit(0);
    }

    readAll(java.profiles());
    assertThat(reads).isGreaterThan(100);
    assertThat(ProfileFile.paths(java.profiles())).hasSizeGreaterThanOrEqualTo(4);
  }

  private static int readAll(Path directory) throws IOException {
    List<ProfileFile> files = ProfileFile.in(directory);
    for (ProfileFile file : files) {
      assertThat(ProfileRules.brokenBy(file)).as(file.path().toString()).isEmpty();
    }
    return files.size();
  }
}
