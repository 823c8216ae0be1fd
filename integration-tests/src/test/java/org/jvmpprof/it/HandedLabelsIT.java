package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.jvmpprof.it.programs.HandedLabelsProgram;

/** Labels that go from one thread to another: at its start, and with a task. */
class HandedLabelsIT {
  @OnEachJdk
  void threads_startedUnderLabels_inheritThemAndPoolsDoNot(Java java) {
    ChildJvm program = java.program(HandedLabelsProgram.class).api().agent().run();

    assertThat(program.values())
        .containsEntry("platform", "platform")
        .containsEntry("subclass", "subclass")
        .containsEntry("nothing", "nothing")
        .containsEntry("afterThrow", "{}")
        .containsEntry("pool", "nothing")
        .containsEntry("task", "task")
        .containsEntry("afterTask", "nothing");
    for (String value : List.of("platform", "subclass", "task")) {
      assertThat(millis(program, value)).as(value).isCloseTo(300, Offset.offset(60.0));
    }
    assertThat(millis(program, "pool")).isLessThan(60);
    assertExecutors(program);
    if (java.jdk().version() >= 21) {
      assertVirtual(program);
    }
  }

  private static void assertExecutors(ChildJvm program) {
    for (String value :
        List.of("execute", "submit", "runnable", "result", "invokeAll", "invokeAny", "schedule")) {
      assertThat(program.values()).containsEntry(value, value);
    }
    assertThat(program.values())
        .containsEntry("periodic3", "periodic")
        .containsEntry("periodic2", "periodic")
        .containsEntry("periodic1", "periodic")
        .containsEntry("bare", "nothing")
        .containsEntry("unlabelled", "nothing")
        .containsEntry("shutdown", "true")
        .containsEntry("terminated", "true");
  }

  /** By the default engine. */
  private static void assertVirtual(ChildJvm program) {
    assertThat(program.values())
        .containsEntry("virtual", "virtual")
        .containsEntry("grandchild", "grandchild")
        .containsEntry("perTask", "perTask")
        .containsEntry("virtualWithout", "nothing");
    for (String value : List.of("virtual", "grandchild", "perTask")) {
      assertThat(millis(program, value)).as(value).isGreaterThan(50);
    }
    program
        .profile()
        .under(".*HandedLabelsProgram\\.workVirtually")
        .nanos()
        .keySet()
        .forEach(stack -> assertThat(stack.labels()).as("%s", stack).containsKey("case"));
  }

  private static double millis(ChildJvm program, String value) {
    return program.profile().labelledNanos(Map.of("case", value)) / 1e6;
  }
}
