package org.jvmpprof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PprofTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @AfterEach
  void forget() {
    StandInAgent.end();
    System.clearProperty("jvmpprof.version");
    System.clearProperty("jvmpprof.running.dir");
  }

  @Test
  void answers_noAgent_areEmpty() {
    assertThat(Pprof.agentVersion()).isEmpty();
    assertThat(Pprof.directory()).isEmpty();
  }

  @Test
  void answers_agent_areWhatItHasSet() {
    System.setProperty("jvmpprof.version", "1.0");
    System.setProperty("jvmpprof.running.dir", "/profiles");
    assertThat(Pprof.agentVersion()).contains("1.0");
    assertThat(Pprof.directory()).contains(Path.of("/profiles"));
  }

  @Test
  void calls_noAgent_sayHowToGetOne() {
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> Pprof.startCpuProfile(out),
            Pprof::stopCpuProfile,
            () -> Pprof.lookup("heap"),
            Pprof::profiles,
            () -> Pprof.newProfile("connections"),
            () -> Pprof.setBlockProfileRate(1),
            () -> Pprof.setMutexProfileFraction(1),
            () -> Pprof.setMemProfileRate(1),
            () -> new Profile("connections").add(this, 0))) {
      assertThatThrownBy(call)
          .isInstanceOf(NoAgentException.class)
          .hasMessageContaining("-javaagent:")
          .hasMessageContaining("attach " + ProcessHandle.current().pid())
          .hasMessageContaining("Pprof.install()");
    }
  }

  @Test
  void calls_agentStillStarting_waitForIt() throws Exception {
    System.setProperty("jvmpprof.version", "1.0");
    CompletableFuture<List<Profile>> profiles = CompletableFuture.supplyAsync(Pprof::profiles);

    StandInAgent.serving().answering("profiles", List.of("heap"));

    assertThat(profiles.get(1, TimeUnit.MINUTES)).extracting(Profile::name).containsExactly("heap");
  }

  @Test
  void calls_agentStillStartingAndThreadInterrupted_waitAndKeepTheInterrupt() throws Exception {
    System.setProperty("jvmpprof.version", "1.0");
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread caller =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              Pprof.setMemProfileRate(1);
              interrupted.complete(Thread.currentThread().isInterrupted());
            });
    caller.start();

    StandInAgent.serving();

    assertThat(interrupted.get(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void startCpuProfile_inUse_throwsWhatTheAgentSays() {
    StandInAgent.serving()
        .answering("startCpuProfile", new IllegalStateException("cpu profiling already in use"));

    assertThatThrownBy(() -> Pprof.startCpuProfile(out))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("cpu profiling already in use");
  }

  @Test
  void stopCpuProfile_started_writesToTheStreamOfTheStart() throws IOException {
    StandInAgent agent = StandInAgent.serving();
    Pprof.startCpuProfile(out);
    assertThat(agent.calls()).containsExactly(List.of("startCpuProfile", out));

    agent.answering("stopCpuProfile", Map.entry(out, new byte[] {1, 2}));
    Pprof.stopCpuProfile();

    assertThat(out.toByteArray()).containsExactly(1, 2);
  }

  @Test
  void stopCpuProfile_notStarted_doesNothing() throws IOException {
    StandInAgent agent = StandInAgent.serving();

    Pprof.stopCpuProfile();

    assertThat(agent.calls()).containsExactly(List.of("stopCpuProfile"));
  }

  @Test
  void stopCpuProfile_streamFails_throwsWhatItThrew() {
    FailingStream stream = new FailingStream();
    StandInAgent.serving().answering("stopCpuProfile", Map.entry(stream, new byte[] {1}));

    assertThatThrownBy(Pprof::stopCpuProfile).isSameAs(stream.failure);
  }

  @Test
  void stopCpuProfile_interrupted_throwsIoException() {
    InterruptedIOException interrupted = new InterruptedIOException();
    StandInAgent.serving().answering("stopCpuProfile", new UncheckedIOException(interrupted));

    assertThatThrownBy(Pprof::stopCpuProfile).isSameAs(interrupted);
  }

  @Test
  void lookup_knownAndUnknownName_findsOnlyTheKnown() {
    StandInAgent.serving().answering("profiles", List.of("block", "heap"));

    assertThat(Pprof.lookup("heap")).map(Profile::name).contains("heap");
    assertThat(Pprof.lookup("nonsense")).isEqualTo(Optional.empty());
  }

  @Test
  void newProfile_nameInUse_throwsWhatTheAgentSays() {
    StandInAgent.serving().answering("newProfile", new IllegalArgumentException("in use: heap"));

    assertThatThrownBy(() -> Pprof.newProfile("heap"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("in use: heap");
  }

  @Test
  void rates_set_reachTheAgent() {
    StandInAgent agent = StandInAgent.serving().answering("setMutexProfileFraction", 10);

    Pprof.setBlockProfileRate(5);
    Pprof.setBlockProfileRate(Duration.ofMillis(1));
    assertThat(Pprof.setMutexProfileFraction(-1)).isEqualTo(10);
    Pprof.setMemProfileRate(1 << 19);

    assertThat(agent.calls())
        .containsExactly(
            List.of("setBlockProfileRate", 5L),
            List.of("setBlockProfileRate", 1_000_000L),
            List.of("setMutexProfileFraction", -1),
            List.of("setMemProfileRate", 1L << 19));
  }

  @Test
  void install_agentRuns_leavesItAsItIs() {
    System.setProperty("jvmpprof.version", "1.0");
    StandInAgent agent = StandInAgent.serving();

    Pprof.install("cpu=0");

    assertThat(agent.calls()).isEmpty();
    assertThat(Pprof.agentVersion()).contains("1.0");
  }

  @Test
  void install_optionsThatTheJvmWouldTakeApart_refusesThem() {
    assertThatThrownBy(() -> Pprof.install("dir=a\nVM.exit"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Pprof.install("dir='\"")).isInstanceOf(IllegalArgumentException.class);
  }
}
