package org.jvmpprof.agent.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvmpprof.agent.jvm.ChildJvm;
import org.jvmpprof.agent.jvm.Jdk;
import org.jvmpprof.programs.HeapRateProgram;

/** Rates that change while a real JVM runs. */
class HeapRateJvmTest {
  @TempDir Path scratch;

  @BeforeAll
  static void needsTheLibrary() {
    assumeTrue(
        HeapLibrary.class.getResource("/" + HeapLibrary.resource()) != null,
        "no C compiler when the agent was built");
  }

  static List<Jdk> jdks() throws Exception {
    return Jdk.since(17);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void threads_olderThanTheRate_areScaledByTheOneBefore(Jdk jdk) throws Exception {
    HeapRun run = new HeapRun(ChildJvm.run(jdk, scratch, HeapRateProgram.class, "-Xmx512m"));
    // Scaled by the rate of now, at most 0.76 would be seen; standard deviations are 2, 4 and 2 %.
    isAbout(run, "siteBefore", 12);
    isAbout(run, "siteLarger", 20);
    isAbout(run, "siteOff", 12);
    assertThat(Integer.parseInt(run.text("line"))).isPositive();
  }

  private static void isAbout(HeapRun run, String site, double percent) {
    assertThat(Double.parseDouble(run.text(site)))
        .as(site)
        .isCloseTo(1, Percentage.withPercentage(percent));
  }
}
