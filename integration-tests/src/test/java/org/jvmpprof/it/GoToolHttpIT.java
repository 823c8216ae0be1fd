package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jvmpprof.it.programs.ServedProgram;

/** {@code go tool pprof} with URLs, as people use it. */
class GoToolHttpIT {
  private static final String PROGRAM = ServedProgram.class.getName();

  private static final String SAID =
      "(Fetching profile over HTTP from|Please wait|Saved profile in|File:|jvm-pprof .*cpu-engine"
          + "|Type:|Time:|Duration:|Entering interactive mode).*";

  @OnEachJdk
  void report_url_isSilentAndNamesTheProgram(Java java) throws Exception {
    try (HttpAgent agent = HttpAgent.start(java)) {
      for (GoTool go : GoTool.all()) {
        assertThat(report(go, "-seconds", "1", "-top", agent.url()))
            .contains("File: " + PROGRAM, "Type: cpu", PROGRAM + ".compute");
        for (String name : agent.listed()) {
          assertThat(report(go, "-top", agent.url() + "/debug/pprof/" + name))
              .contains("File: " + PROGRAM);
        }
      }
    }
  }

  @OnEachJdk
  void diffBase_twoFetches_isSilent(Java java) throws Exception {
    try (HttpAgent agent = HttpAgent.start(java)) {
      for (GoTool go : GoTool.all()) {
        Path base = java.directory().resolve("base.pb.gz");
        Files.write(base, agent.get("profile?seconds=1").response().body());
        String url = agent.url() + "/debug/pprof/profile?seconds=1";
        assertThat(report(go, "-top", "-diff_base", base.toString(), url)).contains("Type: cpu");
      }
    }
  }

  @OnEachJdk
  void shell_url_takesCommands(Java java) throws Exception {
    try (HttpAgent agent = HttpAgent.start(java)) {
      for (GoTool go : GoTool.all()) {
        String commands = "top3\nsamples\ntop\npeek ServedProgram.compute$\nquit\n";
        GoTool.Result result = go.pprofTyped(commands, "-seconds", "1", agent.url());
        assertThat(result.exit()).isZero();
        assertThat(result.out())
            .contains("Showing nodes accounting for", PROGRAM + ".compute", "calls%");
        assertSilent(result);
      }
    }
  }

  @OnEachJdk
  void web_url_servesTheFlameGraph(Java java) throws Exception {
    try (HttpAgent agent = HttpAgent.start(java)) {
      for (GoTool go : GoTool.all()) {
        String page = go.pprofPage("/ui/flamegraph", "-seconds", "1", agent.url());
        assertThat(page).contains(PROGRAM + ".compute");
      }
    }
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

  private static String report(GoTool go, String... args) throws IOException, InterruptedException {
    GoTool.Result result = go.pprof(args);
    assertThat(result.exit()).as("%s pprof %s", go.version(), List.of(args)).isZero();
    assertSilent(result);
    return result.out();
  }

  /** Where a profile comes from and goes to, and its head, is all that pprof says. */
  private static void assertSilent(GoTool.Result result) {
    assertThat(result.err().lines().filter(line -> !line.isBlank()))
        .allMatch(line -> line.matches(SAID));
  }
}
