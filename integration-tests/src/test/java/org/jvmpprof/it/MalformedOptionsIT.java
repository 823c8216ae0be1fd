package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jvmpprof.it.programs.HelloProgram;

class MalformedOptionsIT {
  /** Each with what its line must name. */
  private static final Map<String, String[]> MALFORMED =
      Map.of(
          "cpu=fast", new String[] {"cpu", "fast"},
          "cpu=-1", new String[] {"cpu", "-1"},
          "cpus=100", new String[] {"cpus", "cpu"},
          "rotate=10", new String[] {"rotate", "10"},
          "max-size=lots", new String[] {"max-size", "lots"},
          "cpu-engine=perf", new String[] {"cpu-engine", "perf", "jfr", "async", "timer"},
          "keep", new String[] {"keep"},
          "=", new String[] {"="});

  @OnEachJdk
  void option_malformed_costsOneLineThatNamesItAndProgramRuns(Java java) {
    MALFORMED.forEach(
        (option, named) -> {
          ChildJvm program = java.program(HelloProgram.class).agent("log=error", option).run();

          assertThat(program.values()).as(option).containsKey("hello");
          assertThat(program.errLines()).as(option).hasSize(1);
          assertThat(program.agentLines()).as(option).singleElement().asString().contains(named);
        });
  }

  @OnEachJdk
  void logLevel_malformed_costsOneLineThatNamesItAndProgramRuns(Java java) {
    ChildJvm program = java.program(HelloProgram.class).agentArgument("dir=,log=loud").run();

    assertThat(program.values()).containsKey("hello");
    assertThat(program.agentLines())
        .filteredOn(line -> line.contains("loud"))
        .singleElement()
        .asString()
        .contains("log", "off", "error", "info", "debug");
  }
}
