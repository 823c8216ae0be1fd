package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jvmpprof.it.CpuProfile.Stack;
import org.jvmpprof.it.programs.LabelledLocksProgram;
import org.jvmpprof.proto.Profile;
import org.jvmpprof.proto.Sample;

/** Labels of threads that wait for locks and of those that hold them, of each kind. */
class LabelledLocksIT {
  private static final String PAIR = ".*LabelledLocksProgram\\$(Monitor|Lock)\\.";

  @OnEachJdk
  void labels_waitsReleasesAndThreads_areThoseOfTheThread(Java java) throws Exception {
    Path goroutine = java.directory().resolve("goroutine.pb.gz");
    ChildJvm program =
        java.program(LabelledLocksProgram.class)
            .api()
            .agent("mutex=1")
            .args(goroutine.toString())
            .run();

    List<String> kinds = List.of(program.text("kinds").split(","));
    ContentionProfile block = ContentionProfile.block(java.profiles());
    ContentionProfile mutex = ContentionProfile.mutex(java.profiles());
    assertThat(labels(stacks(block.under(PAIR + "enter"))))
        .containsExactlyInAnyOrderElementsOf(cases(kinds, "waits.monitor", "waits.lock"));
    assertThat(labels(stacks(mutex.under(PAIR + "hold"))))
        .containsExactlyInAnyOrderElementsOf(cases(kinds, "holds.monitor", "releases.lock"));
    assertThat(labels(pairs(ProfileFile.read(goroutine).profile())))
        .containsExactlyInAnyOrderElementsOf(
            cases(kinds, "holds.monitor", "holds.lock", "waits.monitor", "waits.lock"));
    for (GoTool go : GoTool.all()) {
      assertSelected(go, block.files().get(0).path(), "waits.monitor.", kinds);
      assertSelected(go, mutex.files().get(0).path(), "releases.lock.", kinds);
      assertSelected(go, goroutine, "waits.lock.", kinds);
    }
  }

  private static void assertSelected(GoTool go, Path file, String which, List<String> kinds)
      throws IOException, InterruptedException {
    for (String kind : kinds) {
      String value = which + kind;
      GoTool.Result focused =
          go.pprof("-traces", "-tagfocus", "case=^" + value + "$", file.toString());
      assertThat(focused.err()).isEmpty();
      assertThat(focused.out().lines().filter(line -> line.contains("case:")))
          .isNotEmpty()
          .allMatch(line -> line.endsWith(" " + value));
      GoTool.Result rooted =
          go.pprof("-peek", "^" + value + "$", "-tagroot", "case", file.toString());
      assertThat(rooted.err()).isEmpty();
      assertThat(rooted.out()).contains("| " + value + "\n");
    }
  }

  private static List<Map<String, String>> cases(List<String> kinds, String... roles) {
    List<Map<String, String>> cases = new ArrayList<>();
    for (String role : roles) {
      kinds.forEach(kind -> cases.add(Map.of("case", role + '.' + kind)));
    }
    return cases;
  }

  private static List<Stack> stacks(ContentionProfile profile) {
    return profile.rows().stream().map(ContentionProfile.Row::stack).toList();
  }

  private static List<Stack> pairs(Profile profile) {
    List<Stack> stacks = new ArrayList<>();
    for (Sample sample : profile.getSampleList()) {
      stacks.add(CpuProfile.stack(profile, sample));
    }
    stacks.removeIf(stack -> !stack.has(CpuProfile.named(PAIR + "(hold|enter)")));
    return stacks;
  }

  private static List<Map<String, String>> labels(List<Stack> stacks) {
    return stacks.stream().map(Stack::labels).toList();
  }
}
