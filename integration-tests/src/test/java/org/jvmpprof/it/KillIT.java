package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.jvmpprof.it.ProfileAssert.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jvmpprof.it.programs.BusyProgram;

class KillIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int KILLS = 20;
  private static final long SEED = 20_100_605;

  // Between two writes, plus what the sampler had not delivered yet.
  private static final Duration LOSS = Duration.ofMillis(100 + 1100);
  // A machine that is busy with two JVMs and the tests runs their agents a little late.
  private static final Duration SLACK = Duration.ofMillis(300);

  @OnEachJdk
  void files_killedAtRandomMoments_parseAndMissNoMoreThanTheLastMoment(Java java)
      throws InterruptedException, ExecutionException {
    Random random = new Random(SEED);
    ExecutorService two = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> runs = new ArrayList<>();
      for (int i = 0; i < KILLS; i++) {
        Path profiles = java.directory().resolve("killed-" + i);
        Duration after = Duration.ofMillis(1000 + random.nextInt(2500));
        runs.add(two.submit(() -> killAfter(java, profiles, after)));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    } finally {
      two.shutdownNow();
    }
  }

  private static void killAfter(Java java, Path profiles, Duration after) {
    try (ChildJvm program = java.program(BusyProgram.class).agent(profiles, "rotate=1s").start()) {
      await().atMost(PATIENCE).until(() -> program.profile().totalNanos() > 0);
      assertThat(program.runsFor(after)).as("%s", program).isTrue();
      program.kill();

      long spent = program.value("cpu");
      CpuProfile profile = program.profile();
      assertThat(profile).as("%s after %s (seed %s)", profiles, after, SEED).isValid();
      assertThat(profile.under(".*BusyProgram\\.busy"))
          .as("%s after %s (seed %s)", profiles, after, SEED)
          // Sampling itself is 5 % exact, see MagnitudeIT.
          .hasTotalNanosOfAtLeast(spent / 100 * 95 - LOSS.plus(SLACK).toNanos());
    }
  }
}
