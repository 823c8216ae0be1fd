package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jvmpprof.it.programs.HoldersProgram;
import org.jvmpprof.it.programs.PoolsProgram;
import org.jvmpprof.it.programs.ServerPoolsProgram;
import org.jvmpprof.it.programs.WaitOnceProgram;
import org.slf4j.LoggerFactory;

/** Block and mutex profiles as files, and what go tool pprof makes of them. */
class ContentionFilesIT {
  private static final int WAITS = 15;

  @OnEachJdk
  void wait_ended_isInTheFileSoonAfter(Java java) {
    List<Long> latencies = new ArrayList<>();
    try (ChildJvm program =
        java.program(WaitOnceProgram.class).agent().args(String.valueOf(WAITS)).start()) {
      for (int wait = 1; wait <= WAITS; wait++) {
        int count = wait;
        await().until(() -> readies(program) == count);
        program.send("wait");
        await()
            .pollInterval(Duration.ofMillis(2))
            .pollDelay(Duration.ZERO)
            .until(() -> waits(java) == count);
        long seen = System.currentTimeMillis();
        String key = "ended." + wait;
        await().until(() -> program.values().containsKey(key));
        latencies.add(seen - program.value(key));
      }
      await().until(() -> readies(program) == WAITS + 1);
      program.send("end");
      program.awaitExit(0);
    }
    latencies.sort(null);
    // The median, because the whole machine may stand still now and then.
    assertThat(latencies.get(WAITS / 2)).as("%s ms", latencies).isLessThanOrEqualTo(200);
  }

  @OnEachJdk
  void tagignoreIdle_poolsWithLittleToDo_leavesWhoWaitsForThem(Java java)
      throws IOException, InterruptedException {
    java.program(PoolsProgram.class).agent("block=1ns").run();

    Path file = ContentionProfile.block(java.profiles()).files().get(0).path();
    for (GoTool go : GoTool.all()) {
      assertThat(top(go, file))
          .contains("PoolsProgram.awaitWorkers", "getTask", "TimerThread.mainLoop")
          .contains("ForkJoinPool.awaitWork");
      assertThat(top(go, file, "-tagignore", "idle"))
          .contains("PoolsProgram.awaitWorkers")
          .doesNotContain("getTask", "ForkJoinPool.awaitWork", "mainLoop", "ReferenceQueue");
    }
  }

  @OnEachJdk
  void tagignoreIdle_poolsOfServersWithLittleToDo_leavesWhoWaitsForThem(Java java)
      throws IOException, InterruptedException {
    java.program(ServerPoolsProgram.class)
        .library(QueuedThreadPool.class)
        .library(LoggerFactory.class)
        .library(EventExecutor.class)
        .agent("block=1ns")
        .run();

    String[] idle = {"idleJobPoll", "ReservedThread.waitForTask", "EventExecutor.takeTask"};
    Path file = ContentionProfile.block(java.profiles()).files().get(0).path();
    for (GoTool go : GoTool.all()) {
      assertThat(top(go, file)).contains("ServerPoolsProgram.awaitWorkers").contains(idle);
      assertThat(top(go, file, "-tagignore", "idle"))
          .contains("ServerPoolsProgram.awaitWorkers")
          .doesNotContain(idle);
    }
  }

  @OnEachJdk
  void top_blockAndMutex_areSilentAndNameTheProgram(Java java)
      throws IOException, InterruptedException {
    java.program(HoldersProgram.class).agent("mutex=1").args("lock", "5", "100", "1").run();

    for (GoTool go : GoTool.all()) {
      assertThat(top(go, ContentionProfile.block(java.profiles()).files().get(0).path()))
          .contains("Type: delay", "ReentrantLock.lock", "HoldersProgram");
      assertThat(top(go, ContentionProfile.mutex(java.profiles()).files().get(0).path()))
          .contains("Type: delay", "ReentrantLock.unlock", "HoldersProgram");
    }
  }

  private static long readies(ChildJvm program) {
    return program.outLines().stream().filter("READY"::equals).count();
  }

  private static long waits(Java java) {
    return ContentionProfile.block(java.profiles()).endingIn(".*\\.waitOnce").contentions();
  }

  /** What the report prints, which must be all: not a word on standard error. */
  private static String top(GoTool go, Path file, String... more)
      throws IOException, InterruptedException {
    List<String> args = new ArrayList<>(List.of("-top", "-nodecount=500", "-nodefraction=0"));
    args.addAll(List.of(more));
    args.add(file.toString());
    GoTool.Result result = go.pprof(args.toArray(String[]::new));
    assertThat(result.exit()).as("%s pprof %s", go.version(), args).isZero();
    assertThat(result.err()).as("%s pprof %s", go.version(), args).isEmpty();
    return result.out();
  }
}
