package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.h2.Driver;
import org.jvmpprof.it.programs.H2Program;

class GoToolIT {
  private static final String SOURCES = Path.of("src", "test", "java").toAbsolutePath().toString();
  private static final String PROGRAM = H2Program.class.getName();

  @OnEachJdk
  void reports_profileOfADatabase_areSilentAndNameTheProgram(Java java)
      throws IOException, InterruptedException {
    String file = profileOf(java).toString();

    for (GoTool go : GoTool.all()) {
      assertThat(report(go, "-top", file))
          .contains("File: " + PROGRAM, "Type: cpu", PROGRAM, "org.h2.");
      assertThat(report(go, "-peek", "H2Program.run$", file)).contains(PROGRAM + ".bestCustomers");
      assertThat(report(go, "-list", "H2Program.queryUntil", "-source_path", SOURCES, file))
          .contains("bestCustomers(connection);");
      assertThat(report(go, "-traces", file)).contains(PROGRAM + ".queryUntil");
      assertThat(report(go, "-raw", file)).contains("samples/count cpu/nanoseconds", "Mappings");
      assertThat(report(go, "-tags", file)).isNotNull();
      assertThat(report(go, "-top", "-diff_base", file, file))
          .contains("nodes accounting for 0, 0% of");
    }
  }

  @OnEachJdk
  void proto_roundTrip_keepsAllSamples(Java java) throws IOException, InterruptedException {
    Path file = profileOf(java);

    for (GoTool go : GoTool.all()) {
      Path copy = java.directory().resolve("cpu-" + go.version() + ".pb.gz");
      GoTool.Result result = go.pprof("-proto", "-output", copy.toString(), file.toString());
      assertThat(result.exit()).isZero();
      // pprof says where it writes to, whatever the profile.
      assertThat(result.err()).isEqualTo("Generating report in " + copy + "\n");
      assertThat(javaNanos(copy)).isEqualTo(javaNanos(file));
    }
  }

  /** By Java frames, because pprof rewrites C++ names: it leaves out their template arguments. */
  private static Map<List<CpuProfile.Frame>, Long> javaNanos(Path file) throws IOException {
    Map<List<CpuProfile.Frame>, Long> nanos = new HashMap<>();
    CpuProfile.of(List.of(ProfileFile.read(file)))
        .nanos()
        .forEach(
            (stack, value) -> {
              List<CpuProfile.Frame> frames =
                  stack.frames().stream().filter(frame -> !frame.file().isEmpty()).toList();
              nanos.merge(frames, value, Long::sum);
            });
    return nanos;
  }

  private static Path profileOf(Java java) {
    ChildJvm program =
        java.program(H2Program.class)
            .library(Driver.class)
            .agent()
            .args(String.valueOf(Duration.ofSeconds(4).toNanos()))
            .run();
    return program.profile().files().get(0).path();
  }

  /** What a report prints, which must be all: not a word on standard error. */
  private static String report(GoTool go, String... args) throws IOException, InterruptedException {
    GoTool.Result result = go.pprof(args);
    assertThat(result.exit()).as("%s pprof %s", go.version(), List.of(args)).isZero();
    assertThat(result.err()).as("%s pprof %s", go.version(), List.of(args)).isEmpty();
    return result.out();
  }
}
