package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jvmpprof.it.programs.ServedProgram;

/** {@code go tool pprof} with URLs, as people use it. */
class GoToolHttpIT {
  private static final String PROGRAM = ServedProgram.class.getName();

  private static final String SAID =
      "(Fetching (\\d+ )?profiles? (over HTTP )?from|Please wait|Saved profile in|Serving web UI on"
          + "|File:|jvm-pprof .*cpu-engine|Type:|Time:|Duration:|Entering interactive mode).*";

  private static final Pattern DURATION = Pattern.compile("Duration: ([0-9.]+)s, Total samples");

  /** The tool's own default takes half a minute, in which everything else is asked for. */
  @OnEachJdk
  void url_inEveryWay_isSilentAndNamesTheProgram(Java java) throws Exception {
    HeapLibrary.assumeBuilt();
    try (HttpAgent agent = HttpAgent.start(java)) {
      List<CompletableFuture<String>> byDefault = new ArrayList<>();
      for (GoTool go : GoTool.all()) {
        byDefault.add(CompletableFuture.supplyAsync(() -> report(go, "-top", agent.url())));
      }
      for (GoTool go : GoTool.all()) {
        reports(go, agent);
        diffs(go, agent.url() + "/debug/pprof/");
        shell(go, agent.url());
        pages(go, agent.url());
        assertCpu(report(go, "-top", "-seconds", "5", agent.url()), 5);
      }
      byDefault.forEach(report -> assertCpu(report.join(), 30));
    }
  }

  private static void reports(GoTool go, HttpAgent agent) throws Exception {
    for (String name : agent.listed()) {
      assertThat(report(go, "-top", agent.url() + "/debug/pprof/" + name))
          .contains("File: " + PROGRAM);
    }
  }

  private static void diffs(GoTool go, String url) {
    for (String name : List.of("profile?seconds=1", "block", "goroutine", "heap")) {
      assertThat(report(go, "-top", "-diff_base", url + name, url + name))
          .contains("File: " + PROGRAM, "Type: ");
    }
  }

  private static void shell(GoTool go, String url) throws IOException, InterruptedException {
    String commands = "top3\nsamples\ntop\npeek ServedProgram.compute$\nquit\n";
    GoTool.Result result = go.pprofTyped(commands, "-seconds", "1", url);
    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .contains("Showing nodes accounting for", PROGRAM + ".compute", "calls%");
    assertSilent(result.err());
  }

  private static void pages(GoTool go, String url) throws IOException, InterruptedException {
    try (GoWeb web = go.pprofWeb("-seconds", "1", url)) {
      for (String page : List.of("/ui/flamegraph", "/ui/top", "/ui/peek?f=compute")) {
        HttpResponse<String> answer = web.get(page);
        assertThat(answer.statusCode()).as(page).isEqualTo(200);
        assertThat(answer.body()).as(page).contains(PROGRAM + ".compute");
      }
      // The sources are not at hand, as the page says.
      assertThat(web.get("/ui/source?f=compute").statusCode()).isEqualTo(200);
      assertSilent(web.err());
      // In older versions the graph, which needs graphviz.
      assertThat(web.get("/ui/").statusCode()).isIn(200, 501);
    }
  }

  private static void assertCpu(String report, int seconds) {
    assertThat(report).contains("File: " + PROGRAM, "Type: cpu", PROGRAM + ".compute");
    Matcher duration = DURATION.matcher(report);
    assertThat(duration.find()).as(report).isTrue();
    assertThat(Double.parseDouble(duration.group(1))).isBetween(seconds - 0.1, seconds + 1.5);
  }

  @OnEachJdk
  void report_error_showsWhatTheAgentSays(Java java) throws Exception {
    try (HttpAgent agent = HttpAgent.start(java, "cpu=0")) {
      for (GoTool go : GoTool.all()) {
        GoTool.Result result = go.pprof("-seconds", "1", "-top", agent.url());
        assertThat(result.exit()).isNotZero();
        assertThat(result.err()).contains("Could not enable CPU profiling: ");
      }
    }
  }

  private static String report(GoTool go, String... args) {
    try {
      GoTool.Result result = go.pprof(args);
      assertThat(result.exit()).as("%s pprof %s", go.version(), List.of(args)).isZero();
      assertSilent(result.err());
      return result.out();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Where a profile comes from and goes to, and its head, is all that pprof says. */
  private static void assertSilent(String err) {
    assertThat(err.lines().filter(line -> !line.isBlank())).allMatch(line -> line.matches(SAID));
  }
}
