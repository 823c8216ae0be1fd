package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.jvmpprof.it.programs.HelloProgram;

class StartupIT {
  @OnEachJdk
  void helloWorld_printsNothingButItsOwnAndEnds(Java java) {
    ChildJvm program = java.program(HelloProgram.class).agent().run();

    assertThat(program.outLines()).singleElement().asString().startsWith("hello=");
    assertThat(program.errLines()).isNotEmpty().allMatch(line -> line.startsWith("jvm-pprof: "));
  }
}
