package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.jvmpprof.it.ProfileAssert.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordingFile;
import org.jvmpprof.it.programs.BusyProgram;
import org.jvmpprof.it.programs.ServedProgram;
import org.jvmpprof.proto.Profile;
import org.jvmpprof.proto.Sample;

class HttpIT {
  private static final Predicate<String> BUSY = CpuProfile.named(".*BusyProgram\\.busy");

  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String BYTES = "application/octet-stream";

  /** Go's table of TestHandlers, as far as the profiles are there. */
  @OnEachJdk
  void handlers_runningAgent_answerLikeGo(Java java) throws Exception {
    try (HttpAgent agent = HttpAgent.start(java)) {
      error(agent.get("%3Cscript%3Escripty%3Cscript%3E"), 404, "Unknown profile\n");
      Scrape cpu = agent.get("profile?seconds=1");
      assertFile(cpu, "profile");
      assertThat(cpu.profile().getDurationNanos()).isGreaterThanOrEqualTo(1_000_000_000);
      for (String name : agent.listed()) {
        assertFile(agent.get(name), name);
        assertText(agent.get(name + "?debug=1"), TEXT, 200);
        assertFile(agent.get(name + "?seconds=1"), name + "-delta");
        error(agent.get(name + "?seconds=x"), 400, "invalid value for \"seconds\"");
        error(agent.get(name + "?seconds=1&debug=1"), 400, "seconds and debug params are");
      }
      assertText(agent.get(""), "text/html; charset=utf-8", 200);
      assertText(agent.get("symbol"), TEXT, 200);
      Scrape commandLine = agent.get("cmdline");
      assertText(commandLine, TEXT, 200);
      assertThat(commandLine.text().split("\0")).endsWith(ServedProgram.class.getName());
      assertText(agent.send("POST", "/debug/pprof/symbol"), TEXT, 405);
      assertThat(agent.send("GET", "/debug/pprof").header("Location")).isEqualTo("/debug/pprof/");
      Scrape head = agent.send("HEAD", "/debug/pprof/profile?seconds=1");
      assertThat(head.header("Content-Disposition")).isEqualTo("attachment; filename=\"profile\"");
      assertThat(head.response().body()).isEmpty();
    }
  }

  @OnEachJdk
  void http_alone_writesNoFilesAndLetsTheProgramEnd(Java java) {
    try (HttpAgent agent = HttpAgent.start(java)) {
      agent.program().send("stop");
      agent.program().awaitExit(0);
      assertThat(java.profiles()).doesNotExist();
      assertThat(java.directory().resolve("pprof")).doesNotExist();
    }
  }

  @OnEachJdk
  void profile_sideBySideAndBesideFiles_eachIsWholeAndSoon(Java java) throws Exception {
    try (HttpAgent agent = HttpAgent.start(java, "dir=" + java.profiles())) {
      List<CompletableFuture<Scrape>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(CompletableFuture.supplyAsync(() -> profileOfTwoSeconds(agent)));
      }
      for (CompletableFuture<Scrape> scrape : all) {
        Profile profile = scrape.get().profile();
        long nanos = profile.getSampleList().stream().mapToLong(s -> s.getValue(1)).sum();
        assertThat(nanos).isPositive().isLessThan(8_000_000_000L);
        assertThat(profile.getDurationNanos()).isBetween(2_000_000_000L, 3_000_000_000L);
      }
      assertThat(CpuProfile.in(java.profiles())).isValid();
    }
  }

  @OnEachJdk
  void profile_ofABusyProgram_hasAllSamplesOfItsWindow(Java java) throws Exception {
    assertWindows(java, "http=0");
  }

  @OnEachJdk
  void profile_byTheTimer_hasAllSamplesOfItsWindow(Java java) throws Exception {
    assertWindows(java, "http=0,cpu-engine=timer");
  }

  @OnEachJdk(25)
  void profile_byFlightRecorder_hasAllSamplesOfItsWindow(Java java) throws Exception {
    assertWindows(java, "http=0,cpu-engine=jfr");
  }

  /** Samples arrive up to a second late, so a third would be missing without waiting for them. */
  private static void assertWindows(Java java, String options) throws Exception {
    try (HttpAgent agent =
        HttpAgent.of(java.program(BusyProgram.class).agentArgument(options).start())) {
      agent.get("profile?seconds=1");
      List<CompletableFuture<Void>> windows = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Executor later = CompletableFuture.delayedExecutor(700L * i, TimeUnit.MILLISECONDS);
        windows.add(CompletableFuture.runAsync(() -> assertWindow(agent), later));
      }
      for (CompletableFuture<Void> window : windows) {
        window.get();
      }
    }
  }

  private static void assertWindow(HttpAgent agent) {
    try {
      long cpuBefore = agent.program().value("cpu");
      long processBefore = agent.program().value("process");
      long began = System.nanoTime();
      Profile profile = agent.get("profile?seconds=3").profile();
      double inWindow = 3e9 / (System.nanoTime() - began);
      long cpu = agent.program().value("cpu") - cpuBefore;
      long process = agent.program().value("process") - processBefore;
      double all = sum(profile, sample -> true);
      double busy = sum(profile, sample -> CpuProfile.stack(profile, sample).has(BUSY));
      assertThat(inWindow).as("share of the request's time").isGreaterThan(3 / 4.5);
      assertThat(all).isBetween(0.75 * inWindow * cpu, 1.15 * process);
      // Without what the JIT takes meanwhile.
      assertThat(busy).isLessThan(1.15 * cpu);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static long sum(Profile profile, Predicate<Sample> which) {
    return profile.getSampleList().stream().filter(which).mapToLong(s -> s.getValue(1)).sum();
  }

  @OnEachJdk
  void trace_runningAgent_opensInTheJdksOwnTools(Java java) throws Exception {
    try (HttpAgent agent = HttpAgent.start(java)) {
      Scrape trace = agent.get("trace?seconds=0.5");
      assertThat(trace.status()).isEqualTo(200);
      assertThat(trace.header("Content-Type")).isEqualTo(BYTES);
      Path file = Files.write(java.directory().resolve("trace.jfr"), trace.response().body());
      assertThat(RecordingFile.readAllEvents(file))
          .extracting(event -> event.getEventType().getName())
          .contains("jdk.JVMInformation", "jdk.ActiveSetting");
      Path printed = java.directory().resolve("trace.txt");
      Process print =
          new ProcessBuilder(
                  java.jdk().command("jfr").toString(),
                  "print",
                  "--events",
                  "JVMInformation",
                  file.toString())
              .redirectErrorStream(true)
              .redirectOutput(printed.toFile())
              .start();
      assertThat(print.waitFor()).isZero();
      assertThat(printed).content().contains("jdk.JVMInformation {", "ServedProgram");
    }
  }

  @OnEachJdk
  void heap_gc_collectsFirst(Java java) throws Exception {
    HeapLibrary.assumeBuilt();
    try (HttpAgent agent = HttpAgent.start(java)) {
      long before = fullCollections(agent.get("heap?debug=1").text());
      assertThat(fullCollections(agent.get("heap?debug=1&gc=1").text())).isEqualTo(before + 1);
      agent.get("delta_heap?gc=1");
      assertThat(fullCollections(agent.get("heap?debug=1").text())).isEqualTo(before + 2);
    }
  }

  private static long fullCollections(String heap) {
    return Pattern.compile("# NumGC\\[(G1 Old Generation|MarkSweepCompact)] = (\\d+)")
        .matcher(heap)
        .results()
        .mapToLong(found -> Long.parseLong(found.group(2)))
        .findFirst()
        .orElseThrow();
  }

  private static Scrape profileOfTwoSeconds(HttpAgent agent) {
    try {
      return agent.get("profile?seconds=2");
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @OnEachJdk
  void cpu_off_isAnErrorOfProfileOnly(Java java) throws Exception {
    try (HttpAgent agent = HttpAgent.start(java, "cpu=0", "block=0")) {
      error(agent.get("profile"), 500, "Could not enable CPU profiling: ");
      assertThat(agent.get("").status()).isEqualTo(200);
      Scrape empty = agent.get("block?seconds=1");
      assertThat(empty.profile().getSampleList()).isEmpty();
      assertThat(empty.sampleTypes()).containsExactly("contentions/count", "delay/nanoseconds");
      assertThat(empty.periodType()).isEqualTo("contentions/count");
    }
  }

  @OnEachJdk
  void port_inUse_isOneLineAndTheProgramRuns(Java java) throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ChildJvm program =
          java.program(ServedProgram.class).agentArgument("http=" + other.getLocalPort()).start();
      program.awaitReady();
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () ->
                  assertThat(program.agentLines())
                      .filteredOn(line -> line.contains("not opened"))
                      .singleElement()
                      .asString()
                      .contains(":" + other.getLocalPort() + ": Address already in use"));
      program.send("stop");
      program.awaitExit(0);
    }
  }

  @OnEachJdk
  void status_serving_showsTheAddress(Java java) throws Exception {
    try (HttpAgent agent = HttpAgent.start(java)) {
      ChildJvm status = java.command("status", String.valueOf(agent.program().pid())).run();
      assertThat(status.outLines()).contains("http        " + agent.url() + "/debug/pprof/");
    }
  }

  private static void assertFile(Scrape answer, String file) throws IOException {
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo(BYTES);
    assertThat(answer.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"" + file + "\"");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.profile().getSampleTypeCount()).isPositive();
  }

  private static void assertText(Scrape answer, String type, int status) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo(type);
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Content-Disposition")).isEmpty();
  }

  private static void error(Scrape answer, int status, String text) {
    assertText(answer, TEXT, status);
    assertThat(answer.header("X-Go-Pprof")).isEqualTo("1");
    assertThat(answer.text()).startsWith(text).endsWith("\n");
  }
}
