package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.Set;
import org.jvmpprof.it.programs.LookupProgram;

/** The program of Go's tutorials, in Java. */
class LookupIT {
  private static final int SLEEPERS = 1000;

  private static final Set<String> GO_PROFILES =
      Set.of("allocs", "block", "goroutine", "heap", "mutex", "threadcreate");

  private final HttpClient client = HttpClient.newHttpClient();

  @OnEachJdk
  void lookup_profilesThatThereAre_areServedByTheApplication(Java java) throws Exception {
    try (ChildJvm program = lookupProgram(java, Duration.ofMillis(100))) {
      assertThat(profiles(program)).contains("it.requests");
      for (String name : profiles(program)) {
        HttpResponse<String> response = get(program, name + "?debug=1");
        assertThat(response.statusCode()).as(name).isEqualTo(200);
        assertThat(response.body()).as(name).contains(heading(name));
        assertThat(get(program, name).statusCode()).as("%s, debug=2", name).isEqualTo(200);
      }
      assertThat(get(program, "nonsense").statusCode()).isEqualTo(404);
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

  @OnEachJdk
  void startCpuProfile_fourBusyThreads_areInItWithTheirCpuTime(Java java) {
    try (ChildJvm program = lookupProgram(java, Duration.ofSeconds(10))) {
      program.send("stop");
      program.awaitExit(0);

      assertThat(CpuProfile.in(java.directory()))
          .isValid()
          .hasStack(".*Cpu\\.burn", ".*LookupProgram\\.busy")
          .hasCumulativeShare(".*LookupProgram\\.busy", 1, 0.15);
    }
  }

  @OnEachJdk
  void lookup_sameProgramInGo_answersInTheSameForm(Java java) throws Exception {
    try (ChildJvm program = lookupProgram(java, Duration.ofMillis(100))) {
      List<String> common = profiles(program).stream().filter(GO_PROFILES::contains).toList();
      for (GoTool go : GoTool.all()) {
        try (ChildJvm twin = goProgram(java, go)) {
          for (String name : common) {
            assertThat(form(program, name)).as(go.version()).isEqualTo(form(twin, name));
          }
          assertThat(rowsOfSleepers(program)).isEqualTo(rowsOfSleepers(twin)).isEqualTo(1);
        }
      }
    }
  }

  @OnEachJdk
  void lookup_thousandThreadsThatSleep_areOneRow(Java java) throws Exception {
    try (ChildJvm program = lookupProgram(java, Duration.ofMillis(100))) {

      assertThat(rowsOfSleepers(program)).isEqualTo(1);
      assertThat(get(program, "goroutine?debug=1").body()).contains("LookupProgram.sleeping");
    }
  }

  /** The first line, whatever the numbers. */
  private String form(ChildJvm program, String name) throws IOException, InterruptedException {
    String text = get(program, name + "?debug=1").body();
    return text.lines().findFirst().orElse("").replaceAll("\\d+", "N");
  }

  private long rowsOfSleepers(ChildJvm program) throws IOException, InterruptedException {
    String text = get(program, "goroutine?debug=1").body();
    return text.lines().filter(line -> line.startsWith(SLEEPERS + " @ ")).count();
  }

  private static ChildJvm goProgram(Java java, GoTool go) throws Exception {
    Path binary = java.directory().resolve("lookup-" + go.version());
    go.build(Path.of("src", "test", "go", "lookup.go"), binary);
    Path out = Path.of(binary + ".out");
    Path err = Path.of(binary + ".err");
    Process process =
        new ProcessBuilder(
                binary.toString(), binary + ".pb.gz", "100000000", String.valueOf(SLEEPERS))
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

  private HttpResponse<String> get(ChildJvm program, String what)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://localhost:" + program.value("port") + "/lookup/" + what);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
