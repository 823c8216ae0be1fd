package org.jvmpprof.agent.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.jvm.ChildJvm;
import org.jvmpprof.agent.jvm.ClosedJvm;
import org.jvmpprof.agent.jvm.Jdk;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.log.AgentLog.Level;
import org.jvmpprof.agent.profile.Row;
import org.jvmpprof.agent.stack.StackTable;
import org.jvmpprof.agent.time.Ticker;

class ThreadCreateProfileTest {
  private static final String STARTED = "java.lang.Thread.start < ";
  private static final String PROGRAM = StartingProgram.class.getName();

  @TempDir Path scratch;

  @Test
  void snapshot_runningJdk_threadsByWhoStartedThem() throws Exception {
    assertRows(Jdk.running());
  }

  @Test
  void snapshot_siblingJdks_threadsByWhoStartedThem() throws Exception {
    for (Jdk jdk : Jdk.siblings()) {
      assertRows(jdk);
    }
  }

  @Test
  void begin_jvmThatIsNotOpen_saysSoAndCountsAllAsOlder() {
    StackTable stacks = new StackTable(100, 1_000);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    AgentLog log = new AgentLog(new PrintStream(said, true, StandardCharsets.UTF_8), Level.INFO);

    ThreadStarts starts = new ThreadStarts(stacks);
    starts.begin(ClosedJvm.instrumentation(), log);
    List<Row> rows =
        new ThreadCreateProfile(starts, new AgentThreads(), stacks, Ticker.system())
            .snapshot()
            .rows();

    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("threadcreate does not know who starts a thread");
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).stack().locations().get(0).function().name())
        .isEqualTo("[started before the agent]");
  }

  private void assertRows(Jdk jdk) throws Exception {
    List<String> lines = ChildJvm.run(jdk, scratch, StartingProgram.class, "-Xlog:disable");

    assertThat(lines.stream().filter(line -> line.startsWith("[")))
        .as("%s", jdk)
        .containsExactlyInAnyOrder(
            "[2] [started before the agent]",
            "[3] " + STARTED + PROGRAM + ".subclass",
            "[1] " + STARTED + PROGRAM + ".runnable",
            "[4] " + STARTED + "java.util.concurrent.ThreadPoolExecutor.addWorker",
            "[1] " + STARTED + "java.util.Timer.<init>",
            "[1] " + STARTED + "java.util.concurrent.ForkJoinPool.createWorker");
    assertThat(lines)
        .as("%s", jdk)
        .contains(
            "failed start: did",
            "known after many: true",
            "observed: [child false]",
            "observed, virtual: " + (jdk.feature() >= 21));
  }
}
