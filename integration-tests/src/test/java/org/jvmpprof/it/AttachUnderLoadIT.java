package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.Driver;
import org.jvmpprof.it.programs.LoadedProgram;

class AttachUnderLoadIT {
  private static final Pattern STOP =
      Pattern.compile("Safepoint \"(?:RedefineClasses|.*Transform.*)\".*At safepoint: (\\d+) ns");

  @OnEachJdk
  void attach_databaseUnderLoad_stopsTheApplicationForMomentsOnly(Java java) throws IOException {
    Path safepoints = java.directory().resolve("safepoints.log");
    try (ChildJvm program =
        java.program(LoadedProgram.class)
            .library(Driver.class)
            .flags("-Xlog:safepoint:file=" + safepoints)
            .start()) {
      program.awaitReady();

      java.command("attach", String.valueOf(program.pid()), "dir=" + java.profiles()).run();

      program.awaitLine("attached=true");
      program.send("end");
      program.awaitExit(0);
      List<Long> stops = stops(safepoints);
      assertThat(stops).as("stops to change classes").isNotEmpty();
      assertThat(stops).allSatisfy(nanos -> assertThat(nanos).isLessThan(100_000_000));
      // Whatever else stops it, the machine included, counts for both.
      assertThat(program.value("gap.after"))
          .as("longest pause of a thread, with %s ns of safepoints", stops)
          .isLessThan(100_000_000 + 2 * program.value("gap.before"));
    }
  }

  private static List<Long> stops(Path log) throws IOException {
    return Files.readAllLines(log).stream()
        .map(STOP::matcher)
        .filter(Matcher::find)
        .map(matcher -> Long.valueOf(matcher.group(1)))
        .toList();
  }
}
