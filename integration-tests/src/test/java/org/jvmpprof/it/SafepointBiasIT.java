package org.jvmpprof.it;

import static org.jvmpprof.it.ProfileAssert.assertThat;

import org.jvmpprof.it.programs.SafepointProgram;

class SafepointBiasIT {
  private static final String PROGRAM = SafepointProgram.class.getName().replace(".", "\\.");

  @OnEachJdk
  void hotMethod_inlinedIntoColdLoop_hasTheSamples(Java java) {
    ChildJvm program = java.program(SafepointProgram.class).agent().run();

    assertThat(program.profile()).isValid();
    assertThat(program.profile().under(PROGRAM + "\\.measured"))
        .hasTotalNanosOfAtLeast(4_500_000_000L)
        .hasFlatShareOfAtLeast(PROGRAM + "\\.hot", 0.95);
  }
}
