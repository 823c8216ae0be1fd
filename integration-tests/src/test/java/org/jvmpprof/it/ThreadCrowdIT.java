package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.jvmpprof.it.CpuProfile.Stack;
import org.jvmpprof.it.programs.CrowdProgram;
import org.jvmpprof.proto.Profile;
import org.jvmpprof.proto.Sample;

/** More platform threads than an application should have. */
class ThreadCrowdIT {
  private static final long THREADS = 10_000;
  private static final long MOVING = 100;
  private static final String PROGRAM = CrowdProgram.class.getName() + '.';

  @OnEachJdk
  void goroutine_tenThousandThreadsOfWhichSomeMove_areWhereTheyAreEachTime(Java java)
      throws Exception {
    ChildJvm program =
        java.program(CrowdProgram.class)
            .api()
            .agentArgument("http=0")
            .args(Long.toString(THREADS))
            .start();
    try (HttpAgent agent = HttpAgent.of(program)) {
      for (int i = 0; i < 2; i++) {
        assertThat(counts(agent.get("goroutine").profile())).isEqualTo(allWith("moving"));
      }
      program.send("move");
      program.awaitLine("MOVED");
      assertThat(counts(agent.get("goroutine").profile()))
          .as("those that have run meanwhile are where they are now")
          .isEqualTo(allWith("third"));
      String dump = agent.get("goroutine?debug=2").text();
      assertThat(dump.lines().filter(line -> line.startsWith(PROGRAM + "await(")))
          .hasSize((int) THREADS);
    }
  }

  /** Where all threads are, when the hundred are in that method. */
  private static Map<String, Long> allWith(String methodOfMoving) {
    return Map.of(
        "first {}",
        (THREADS - MOVING) * 3 / 4,
        "second {in=second}",
        (THREADS - MOVING) / 4,
        methodOfMoving + " {}",
        MOVING,
        "main {}",
        1L);
  }

  private static Map<String, Long> counts(Profile profile) {
    Map<String, Long> counts = new TreeMap<>();
    for (Sample sample : profile.getSampleList()) {
      Stack stack = CpuProfile.stack(profile, sample);
      stack.frames().stream()
          .map(CpuProfile.Frame::function)
          .filter(name -> name.startsWith(PROGRAM) && !name.equals(PROGRAM + "await"))
          .map(name -> name.substring(PROGRAM.length()))
          .findFirst()
          .ifPresent(
              method -> counts.merge(method + ' ' + stack.labels(), sample.getValue(0), Long::sum));
    }
    return counts;
  }
}
