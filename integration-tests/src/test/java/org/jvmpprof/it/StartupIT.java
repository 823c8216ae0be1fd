package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.jvmpprof.it.programs.HelloProgram;

class StartupIT {
  private static final int RUNS = 5;

  // Less than any sampler takes to come up, and the goal for the whole run of a hello-world.
  private static final long MILLIS = 300;

  @OnEachJdk
  void helloWorld_printsNothingButItsOwnAndEnds(Java java) {
    ChildJvm program = java.program(HelloProgram.class).agent().run();

    assertThat(program.outLines()).singleElement().asString().startsWith("hello=");
    assertThat(program.errLines()).isNotEmpty().allMatch(line -> line.startsWith("jvm-pprof: "));
  }

  @OnEachJdk
  void main_samplerTakesLongToStart_doesNotWaitForIt(Java java) {
    long without = best(java.program(HelloProgram.class));
    long with = best(java.program(HelloProgram.class).agent());

    assertThat(with - without).as("ms until main begins").isLessThan(MILLIS);
  }

  /** The best of several runs has the least of the noise of a busy machine. */
  private static long best(Program program) {
    return LongStream.range(0, RUNS).map(run -> program.run().value("hello")).min().getAsLong();
  }
}
