package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jvmpprof.it.ProfileAssert.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.assertj.core.api.Assertions;
import org.assertj.core.data.Offset;
import org.jvmpprof.Labels;
import org.jvmpprof.it.ContentionProfile.Row;
import org.jvmpprof.it.CpuProfile.Stack;
import org.jvmpprof.it.programs.LabelsProgram;
import org.jvmpprof.it.programs.WaitingLabelsProgram;

class LabelsIT {
  private static final String KEY = "case";
  private static final String PROGRAM = LabelsProgram.class.getName().replace(".", "\\.") + "\\.";

  @OnEachJdk
  void labels_changedTwoThousandTimesASecond_haveTheirSharesOfCpuTime(Java java) {
    ChildJvm program = run(java, "changing");

    assertThat(program.profile()).isValid();
    assertShares(program, 0.05);
    assertAllLabelled(program, "lambda\\$changing.*", Map.of("phase", "changing"));
  }

  @OnEachJdk
  void labels_millionsOfBriefScopes_outerIsOnAllAndNoOtherIsMadeUp(Java java) {
    ChildJvm program = run(java, "brief");

    assertAllLabelled(program, "briefUntil", Map.of("phase", "brief"));
    assertAllLabelled(program, "step", Map.of("phase", "brief", KEY, "seven"));
    program
        .profile()
        .nanos()
        .forEach(
            (stack, nanos) ->
                Assertions.assertThat(stack.labels())
                    .isIn(
                        Map.of(),
                        Map.of("phase", "brief"),
                        Map.of("phase", "brief", KEY, "seven")));
  }

  @OnEachJdk
  void labels_tenThreadsThatChangeThem_areThoseOfEach(Java java) {
    ChildJvm program = run(java, "race");

    assertShares(program, 0.03);
    program
        .profile()
        .nanos()
        .forEach((stack, nanos) -> Assertions.assertThat(stack.labels()).hasSizeLessThan(2));
  }

  @OnEachJdk
  void labels_collectorAndCompilers_haveNone(Java java) {
    ChildJvm program = run(java, "system");

    Map<Stack, Long> rows = program.profile().nanos();
    Assertions.assertThat(rows.keySet().stream().filter(LabelsIT::ofTheJvm)).isNotEmpty();
    rows.keySet().stream()
        .filter(LabelsIT::ofTheJvm)
        .forEach(stack -> Assertions.assertThat(stack.labels()).isEmpty());
    assertAllLabelled(program, "allocate", Map.of(KEY, "user"));
  }

  @OnEachJdk(25)
  void labels_virtualThreadsThatChangeCarriersByJfr_areThoseOfEach(Java java) {
    assertShares(run(java, "virtual", "cpu-engine=jfr"), 0.04);
  }

  @OnEachJdk(25)
  void labels_virtualThreadsAfterWaits_areThoseOfTheScope(Java java) {
    ChildJvm program = java.program(WaitingLabelsProgram.class).api().agent().run();

    assertShares(program, 0.05);
    program.profile().nanos().keySet().forEach(LabelsIT::assertLabelOfItsScope);
    List<Row> waits = ContentionProfile.block(java.profiles()).rows();
    Assertions.assertThat(waits.stream().map(row -> row.stack().labels().get(KEY)))
        .contains("outerPark", "innerQueue", "outerMonitor");
    waits.forEach(row -> assertLabelOfItsScope(row.stack()));
    for (String held : List.of("innerPark", "outerSleep", "innerQueue", "outerMonitor")) {
      Assertions.assertThat(program.outLines()).contains("# labels: {\"case\":\"" + held + "\"}");
    }
  }

  @OnEachJdk
  void labels_farFromTheLeaf_areSeen(Java java) {
    CpuProfile profile = run(java, "deep").profile();

    Assertions.assertThat(profile.labelledNanos(Map.of(KEY, "deep")) / 1e6)
        .isCloseTo(1000, Offset.offset(100.0));
  }

  @OnEachJdk
  void pprof_tagOptions_selectByLabel(Java java) throws IOException, InterruptedException {
    String file = run(java, "changing").profile().files().get(0).path().toString();

    for (GoTool go : GoTool.all()) {
      Assertions.assertThat(go.pprof("-tags", file).out()).contains("case:", "seven", "phase:");
      Assertions.assertThat(go.pprof("-top", "-tagroot", KEY, file).out())
          .contains(" seven", " new");
      GoTool.Result focused = go.pprof("-traces", "-tagfocus", "case=three", file);
      Assertions.assertThat(focused.err()).isEmpty();
      Assertions.assertThat(focused.out())
          .containsPattern("case: +three")
          .doesNotContainPattern("case: +seven|JvmPprof");
    }
  }

  private static ChildJvm run(Java java, String way, String... options) {
    return java.program(LabelsProgram.class).library(Labels.class).agent(options).args(way).run();
  }

  /** Of all that has the label, each value has the share that the program has counted. */
  private static void assertShares(ChildJvm program, double tolerance) {
    CpuProfile profile = program.profile();
    Map<String, String> truth = program.values();
    double counted = truth.values().stream().mapToLong(Long::parseLong).sum();
    double sampled =
        profile.nanos().entrySet().stream()
            .filter(row -> row.getKey().labels().containsKey(KEY))
            .mapToLong(Map.Entry::getValue)
            .sum();
    truth.forEach(
        (value, amount) ->
            Assertions.assertThat(profile.labelledNanos(Map.of(KEY, value)) / sampled)
                .as("%s of %s", value, program)
                .isCloseTo(Long.parseLong(amount) / counted, Offset.offset(tolerance)));
  }

  /** All samples that have one of the program's methods on the stack have these labels. */
  private static void assertAllLabelled(
      ChildJvm program, String method, Map<String, String> labels) {
    Predicate<String> named = CpuProfile.named(PROGRAM + method);
    Map<Stack, Long> others = new HashMap<>(program.profile().nanos());
    Assertions.assertThat(others.keySet()).anyMatch(stack -> stack.has(named));
    others
        .keySet()
        .removeIf(s -> !s.has(named) || s.labels().entrySet().containsAll(labels.entrySet()));
    Assertions.assertThat(others).as("in %s without %s: %s", method, labels, program).isEmpty();
  }

  private static void assertLabelOfItsScope(Stack stack) {
    String main = WaitingLabelsProgram.class.getName().replace(".", "\\.") + "\\.";
    String label = stack.labels().getOrDefault(KEY, "");
    for (String scope : List.of("inner", "outer")) {
      if (stack.has(CpuProfile.named(main + scope + "Work"))) {
        Assertions.assertThat(label).as("%s", stack).startsWith(scope);
      }
    }
    if (stack.has(CpuProfile.named(main + "unlabelled"))) {
      Assertions.assertThat(label).as("%s", stack).isEmpty();
    }
  }

  private static boolean ofTheJvm(Stack stack) {
    return stack.has(name -> name.startsWith("[jvm] "));
  }
}
