package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.jvmpprof.it.programs.FlagProgram;
import org.jvmpprof.it.programs.HelloProgram;
import org.jvmpprof.it.programs.ReflectionProgram;

class StartupIT {
  @OnEachJdk
  void helloWorld_printsNothingButItsOwnAndEnds(Java java) {
    ChildJvm program = java.program(HelloProgram.class).agent().run();

    assertThat(program.outLines()).singleElement().asString().startsWith("hello=");
    assertThat(program.errLines()).isNotEmpty().allMatch(line -> line.startsWith("jvm-pprof: "));
  }

  @OnEachJdk
  void debugNonSafepoints_withCpuProfileOnly_isOn(Java java) {
    assertThat(debugNonSafepoints(java)).isEqualTo("true");
    assertThat(debugNonSafepoints(java, "cpu=0")).isEqualTo("false");
  }

  @OnEachJdk
  void reflection_ofApplicationIntoJavaLang_isRefusedAsEver(Java java) {
    ChildJvm program = java.program(ReflectionProgram.class).agent().run();

    assertThat(program.text("agent")).isNotEqualTo("null");
    assertThat(program.text("granted")).isEqualTo("false");
  }

  private static String debugNonSafepoints(Java java, String... options) {
    return java.program(FlagProgram.class)
        .flags("-XX:+UnlockDiagnosticVMOptions")
        .agent(options)
        .args("DebugNonSafepoints")
        .run()
        .text("DebugNonSafepoints");
  }
}
