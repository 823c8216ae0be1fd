package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jvmpprof.it.ProfileAssert.assertThat;

import org.jvmpprof.it.programs.NewClassesProgram;

class BoundedMemoryIT {
  /** Makes the agent's tables small, so that a test fills them in seconds. */
  private static final String SMALL_TABLES = "-Djvmpprof.test.maxStacks=100";

  @OnEachJdk
  void agent_everNewClassesAndStacks_holdsOnToNone(Java java) {
    ChildJvm program = run(java, 10_000);

    // An agent that kept the classes would run out of metaspace before the end.
    assertThat(program.errLines()).noneMatch(line -> line.contains("OutOfMemoryError"));
    assertThat(program.profile()).isValid().hasStack(".*\\.Template\\d+\\.descend");
  }

  @OnEachJdk
  void agent_fullTable_showsWhatItDropped(Java java) {
    ChildJvm program = run(java, 2_000, SMALL_TABLES);

    assertThat(program.profile()).isValid().hasStack("jvmpprof\\.stackTableFull");
    assertThat(program.profile()).hasTotalNanosOfAtLeast(program.value("cpu") / 10 * 9);
  }

  private static ChildJvm run(Java java, int classes, String... flags) {
    return java.program(NewClassesProgram.class)
        .flags("-Xmx128m", "-XX:MaxMetaspaceSize=40m")
        .flags(flags)
        .agent("rotate=5s")
        .args(String.valueOf(classes))
        .run();
  }
}
