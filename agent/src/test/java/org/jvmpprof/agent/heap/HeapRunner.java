package org.jvmpprof.agent.heap;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.provider.Arguments;
import org.jvmpprof.agent.jvm.ChildJvm;
import org.jvmpprof.agent.jvm.Jdk;
import org.jvmpprof.programs.HeapProgram;

/** Runs a {@link HeapProgram} in a JVM of its own. */
final class HeapRunner {
  private HeapRunner() {}

  /** Each JDK with each of its collectors. */
  static List<Arguments> collectors() throws Exception {
    List<Arguments> all = new ArrayList<>();
    for (Jdk jdk : Jdk.since(17)) {
      for (String collector : List.of("Serial", "Parallel", "G1", "Z", "Shenandoah")) {
        all.add(Arguments.of(jdk, collector));
      }
    }
    return all;
  }

  /**
   * Skips the test where there is no library, or no such collector: not all builds have them all.
   */
  static HeapRun run(Jdk jdk, String collector, Path scratch, String program, String... options)
      throws Exception {
    String flag = "-XX:+Use" + collector + "GC";
    assumeTrue(has(jdk, flag), jdk + " has no " + collector);
    List<String> all = new ArrayList<>(List.of(options));
    all.add(flag);
    return run(jdk, scratch, program, all.toArray(String[]::new));
  }

  /** Skips the test where there is no library. */
  static HeapRun run(Jdk jdk, Path scratch, String program, String... options) throws Exception {
    assumeTrue(
        HeapLibrary.class.getResource("/" + HeapLibrary.resource()) != null,
        "no C compiler when the agent was built");
    List<String> all = new ArrayList<>(List.of(options));
    all.add("-Dprogram=" + program);
    return new HeapRun(ChildJvm.run(jdk, scratch, HeapProgram.class, all.toArray(String[]::new)));
  }

  private static boolean has(Jdk jdk, String flag) throws Exception {
    return new ProcessBuilder(jdk.home().resolve("bin/java").toString(), flag, "-version")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}
