package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jvmpprof.it.CpuProfile.Stack;
import org.jvmpprof.it.programs.GoroutineCountsProgram;
import org.jvmpprof.it.programs.LabelRaceProgram;
import org.jvmpprof.proto.Profile;
import org.jvmpprof.proto.Sample;

/** Go's tests of goroutine profiles with labels. */
class GoroutineLabelsIT {
  private static final String LABELS = "# labels: ";
  private static final String LEVEL = LabelRaceProgram.class.getName() + ".level";
  private static final Pattern FRAME =
      Pattern.compile("#\t0x[0-9a-f]+\t+(\\S+?)(\\+0x[0-9a-f]+)?\t+.*");

  @OnEachJdk
  void goroutine_threadsInThreeMethods_haveGosCounts(Java java) throws Exception {
    ChildJvm program =
        java.program(GoroutineCountsProgram.class)
            .api()
            .agent()
            .args(java.directory().toString())
            .run();

    assertThat(program.errLines()).noneMatch(line -> line.contains("Exception"));
    for (String kind :
        java.jdk().version() < 21 ? List.of("platform") : List.of("platform", "virtual")) {
      Path file = java.directory().resolve(kind);
      assertThat(Files.readString(Path.of(file + ".txt")))
          .matches(
              Pattern.compile(
                  "goroutine profile: total \\d+\n50 @ .*\n44 @ .*\n# labels: \\{\"label\":\"value\"}"
                      + "\n.*\n40 @ .*\n36 @ .*\n# labels: \\{\"label\":\"value\"}"
                      + "\n.*\n10 @ .*\n9 @ .*\n# labels: \\{\"label\":\"value\"}\n.*\n1 @ .*",
                  Pattern.DOTALL));
      assertThat(counts(ProfileFile.read(Path.of(file + ".pb.gz")).profile()))
          .containsEntry("third {}", 50L)
          .containsEntry("third {label=value}", 44L)
          .containsEntry("second {}", 40L)
          .containsEntry("second {label=value}", 36L)
          .containsEntry("first {}", 10L)
          .containsEntry("first {label=value}", 9L)
          .containsEntry("cleaning {cleaner-label=cleaner-value}", 1L)
          .containsEntry("write {self-label=self-value}", 1L)
          .hasSize(8);
    }
  }

  @OnEachJdk
  void goroutine_labelsThatChangeAndCleanersThatRun_eachHasItsOwn(Java java) throws Exception {
    Path file = java.directory().resolve("dumps.txt");
    ChildJvm program =
        java.program(LabelRaceProgram.class).api().agent().args(file.toString()).run();

    assertThat(program.value("cleaned")).isPositive();
    int dump = -1;
    List<String> seen = new ArrayList<>();
    for (String record : Files.readString(file).split("\n\n", -1)) {
      dump += record.startsWith("goroutine profile: ") ? 1 : 0;
      List<String> functions = functions(record);
      long level = functions.stream().filter(LEVEL::equals).count();
      String labels = labels(record);
      if (level > 0) {
        assertThat(labels).as(record).isIn("", "{\"worker\":\"" + level + "\"}");
        seen.add(level + labels);
      } else if (functions.contains(LabelRaceProgram.class.getName() + ".dump")) {
        assertThat(labels).isEqualTo("{\"dump\":\"" + dump + "\"}");
        seen.add("dump");
      } else {
        assertThat(labels).as(record).isIn("", "{\"cleaner\":\"yes\"}");
      }
    }
    assertThat(seen.stream().filter("dump"::equals)).hasSize(dump + 1);
    assertSomeLabelled(seen, "1357");
    if (java.jdk().version() >= 21) {
      assertSomeLabelled(seen, "2468");
    }
  }

  private static void assertSomeLabelled(List<String> seen, String workers) {
    assertThat(seen)
        .anyMatch(worker -> worker.matches("[" + workers + "]"))
        .anyMatch(worker -> worker.matches("[" + workers + "]\\{.*"));
  }

  /** How many threads there are in each of the program's methods, with their labels. */
  private static Map<String, Long> counts(Profile profile) {
    Map<String, Long> counts = new TreeMap<>();
    String program = GoroutineCountsProgram.class.getName() + '.';
    for (Sample sample : profile.getSampleList()) {
      Stack stack = CpuProfile.stack(profile, sample);
      String method =
          stack.frames().stream()
              .map(CpuProfile.Frame::function)
              .filter(name -> name.startsWith(program) && !name.endsWith(".await"))
              .map(name -> name.substring(program.length()))
              .findFirst()
              .orElse("others");
      counts.merge(method + ' ' + stack.labels(), sample.getValue(0), Long::sum);
    }
    return counts;
  }

  private static List<String> functions(String record) {
    return record
        .lines()
        .map(FRAME::matcher)
        .filter(Matcher::matches)
        .map(line -> line.group(1))
        .toList();
  }

  private static String labels(String record) {
    return record
        .lines()
        .filter(line -> line.startsWith(LABELS))
        .map(line -> line.substring(LABELS.length()))
        .collect(Collectors.joining());
  }
}
