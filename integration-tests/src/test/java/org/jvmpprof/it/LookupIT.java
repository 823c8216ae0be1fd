package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.jvmpprof.it.ProfileAssert.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Percentage;
import org.jvmpprof.it.programs.LookupProgram;

/** The program of Go's tutorials, in Java. */
class LookupIT {
  private static final long SLEEPERS = 1000;

  private static final List<String> GO_PROFILES =
      List.of("heap", "threadcreate", "block", "goroutine", "mutex", "allocs");

  private final HttpClient client = HttpClient.newHttpClient();

  @OnEachJdk
  void lookup_profilesThatThereAre_areServedByTheApplication(Java java) throws Exception {
    HeapLibrary.assumeBuilt();
    try (ChildJvm program = lookupProgram(java, Duration.ofMillis(100))) {
      assertThat(profiles(program)).contains("it.requests").containsAll(GO_PROFILES);
      for (String name : profiles(program)) {
        for (String query : List.of("", "?debug=1")) {
          HttpResponse<String> response = get(program, name + query);
          assertThat(response.statusCode()).as(name).isEqualTo(200);
          String heading =
              query.isEmpty() && name.equals("goroutine") ? "goroutine " : heading(name);
          assertThat(response.body()).as(name + query).startsWith(heading);
        }
      }
      assertThat(get(program, "nonsense").statusCode()).isEqualTo(404);
      assertThat(roles(program, "threadcreate?debug=1", "sleepers").sums(0))
          .containsEntry("sleepers", SLEEPERS);
      assertServedByTheAgent(HttpAgent.of(program));
    }
  }

  private static void assertServedByTheAgent(HttpAgent agent) throws Exception {
    assertThat(agent.listed()).contains("it.requests");
    Scrape own = agent.get("it.requests");
    assertThat(own.header("Content-Disposition")).contains("filename=\"it.requests\"");
    assertThat(own.sampleTypes()).containsExactly("it.requests/count");
    assertThat(agent.get("it.requests?debug=1").text()).startsWith("it.requests profile: total ");
    assertThat(agent.get("it.requests?seconds=1").status()).isEqualTo(400);
  }

  /** Some 40 s of CPU time where there are four cores for them. */
  @OnEachJdk
  void startCpuProfile_fourBusyThreads_areInItWithTheirCpuTime(Java java) {
    try (ChildJvm program = lookupProgram(java, Duration.ofSeconds(10))) {
      program.send("stop");
      program.awaitExit(0);

      CpuProfile profile = CpuProfile.in(java.directory());
      assertThat(profile)
          .isValid()
          .hasStack(".*Cpu\\.burn", ".*LookupProgram\\.busy")
          .hasCumulativeShare(".*LookupProgram\\.busy", 1, 0.15);
      assertThat(profile.under(".*LookupProgram\\.busy"))
          .hasTotalNanosCloseTo(program.value("busy"), Percentage.withPercentage(5));
      int cores = Math.min(4, Runtime.getRuntime().availableProcessors());
      assertThat(program.value("busy")).isBetween(2_500_000_000L, cores * 10_500_000_000L);
    }
  }

  @OnEachJdk
  void lookup_sameProgramInGo_hasTheSameRows(Java java) throws Exception {
    HeapLibrary.assumeBuilt();
    try (ChildJvm program = lookupProgram(java, Duration.ofSeconds(1))) {
      for (GoTool go : GoTool.all()) {
        try (ChildJvm twin = goProgram(java, go)) {
          for (String name : GO_PROFILES) {
            assertThat(form(program, name)).as(go.version()).isEqualTo(form(twin, name));
          }
          assertGoroutines(program);
          assertGoroutines(twin);
          assertContention(program);
          // As Go since 1.22; before, it counts the first waiter only.
          assertThat(seconds(program, "mutex", "contend")).isCloseTo(0.9, withinPercentage(30));
          assertContention(twin);
          assertHeap(program);
          assertHeap(twin);
          assertBusy(program, java.directory().resolve("cpu-lookup.pb.gz"));
          assertBusy(twin, Path.of(binary(java, go) + ".pb.gz"));
        }
      }
    }
  }

  private void assertGoroutines(ChildJvm program) throws IOException, InterruptedException {
    String[] functions = {"sleeping", "lookup", "main"};
    assertThat(roles(program, "goroutine?debug=1", functions).sums(0))
        .isEqualTo(Map.of("sleeping", SLEEPERS, "lookup", 1L, "main", 1L));
    assertThat(text(program, "goroutine?debug=1").lines())
        .filteredOn(line -> line.startsWith(SLEEPERS + " @ "))
        .hasSize(1);
    TextRoles each = roles(program, "goroutine", functions);
    assertThat(each.records(record -> record.matches("(?s)goroutine \\d+ \\[.*")))
        .isEqualTo(Map.of("sleeping", SLEEPERS, "lookup", 1L, "main", 1L));
    assertThat(each.records(record -> record.matches("(?s)goroutine \\d+ \\[sleep\\b.*")))
        .isEqualTo(Map.of("sleeping", SLEEPERS));
    assertThat(each.records(record -> record.matches("(?s).*\ncreated by \\S*\\.sleepers\\b.*")))
        .isEqualTo(Map.of("sleeping", SLEEPERS));
  }

  /** Three have waited 0.3 s for one. */
  private void assertContention(ChildJvm program) throws IOException, InterruptedException {
    assertThat(roles(program, "block?debug=1", "waiting", "work").sums(1))
        .isEqualTo(Map.of("waiting", 3L, "work", 1L));
    assertThat(roles(program, "mutex?debug=1", "waiting", "contend").sums(1))
        .isEqualTo(Map.of("waiting", 2L, "contend", 1L));
    assertThat(seconds(program, "block", "waiting")).isCloseTo(0.9, withinPercentage(30));
  }

  private double seconds(ChildJvm program, String name, String function)
      throws IOException, InterruptedException {
    String frequency = "cycles/second=";
    String line =
        text(program, name + "?debug=1")
            .lines()
            .filter(l -> l.startsWith(frequency))
            .findFirst()
            .orElseThrow();
    double cycles = roles(program, name + "?debug=1", function).sums(0).getOrDefault(function, 0L);
    return cycles / Long.parseLong(line.substring(frequency.length()));
  }

  /** In use and allocated: four, of 16 MiB. */
  private void assertHeap(ChildJvm program) throws IOException, InterruptedException {
    for (String name : List.of("heap?debug=1", "allocs?debug=1")) {
      TextRoles rows = roles(program, name, "hoard");
      assertThat(rows.sums(0)).isEqualTo(Map.of("hoard", 4L));
      assertThat(rows.sums(1).get("hoard")).isCloseTo(4L << 24, withinPercentage(1));
      assertThat(rows.sums(2)).isEqualTo(Map.of("hoard", 4L));
      assertThat(rows.sums(3).get("hoard")).isCloseTo(4L << 24, withinPercentage(1));
    }
  }

  private static void assertBusy(ChildJvm program, Path file) throws IOException {
    CpuProfile profile = CpuProfile.of(List.of(ProfileFile.read(file)));
    assertThat(profile.under("(main|.*LookupProgram)\\.busy"))
        .hasStack("main\\.burn|.*\\.Cpu\\.burn", ".*\\.busy")
        .hasTotalNanosCloseTo(program.value("busy"), Percentage.withPercentage(20));
  }

  /** The first line, whatever the numbers. */
  private String form(ChildJvm program, String name) throws IOException, InterruptedException {
    String text = text(program, name + "?debug=1");
    return text.lines().findFirst().orElse("").replaceAll("\\d+", "N");
  }

  private static Path binary(Java java, GoTool go) {
    return java.directory().resolve("lookup-" + go.version());
  }

  private static ChildJvm goProgram(Java java, GoTool go) throws Exception {
    Path binary = binary(java, go);
    go.build(Path.of("src", "test", "go", "lookup.go"), binary);
    Path out = Path.of(binary + ".out");
    Path err = Path.of(binary + ".err");
    Process process =
        new ProcessBuilder(
                binary.toString(), binary + ".pb.gz", "1000000000", String.valueOf(SLEEPERS))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    ChildJvm program = new ChildJvm(binary.toString(), process, out, err, java.directory());
    program.awaitReady();
    return program;
  }

  /** What Go's text form begins with. */
  private static String heading(String name) {
    return switch (name) {
      case "block" -> "--- contention:\ncycles/second=";
      case "mutex" -> "--- mutex:\ncycles/second=";
      case "heap", "allocs" -> "heap profile: ";
      default -> name + " profile: total ";
    };
  }

  private static ChildJvm lookupProgram(Java java, Duration busy) {
    Path cpu = java.directory().resolve("cpu-lookup.pb.gz");
    ChildJvm program =
        java.program(LookupProgram.class)
            .api()
            .agent("http=0")
            .args(cpu.toString(), String.valueOf(busy.toNanos()), String.valueOf(SLEEPERS))
            .start();
    program.awaitReady();
    return program;
  }

  private static List<String> profiles(ChildJvm program) {
    return List.of(program.text("profiles").split(","));
  }

  private TextRoles roles(ChildJvm program, String what, String... functions)
      throws IOException, InterruptedException {
    return new TextRoles(Set.of(functions), text(program, what));
  }

  private String text(ChildJvm program, String what) throws IOException, InterruptedException {
    return get(program, what).body();
  }

  private HttpResponse<String> get(ChildJvm program, String what)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://localhost:" + program.value("port") + "/lookup/" + what);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
