package org.jvmpprof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @ParameterizedTest
  @ValueSource(strings = {"--help", "help", "attach --help", "help attach", "list --help"})
  void help_anywhere_endsWithExitCodesAndWithoutColour(String arguments) {
    CommandRun run = run(arguments.split(" ", -1));
    assertThat(run.out())
        .startsWith("Usage: jvm-pprof")
        .contains("Exit codes:")
        .doesNotContain("\u001b");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void help_attach_saysWhereARelativeDirectoryIs() {
    assertThat(run("attach", "--help").out())
        .contains("A relative dir= is taken from the working directory of that JVM");
  }

  @Test
  void version_outsideTheJar_isDevelopment() {
    assertThat(run("--version")).isEqualTo(new CommandRun(0, "jvm-pprof development\n", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"attach", "attach --nonsense 1", "list 1", "nonsense", "--nonsense"})
  void usage_wrong_exitsWith2AndAHint(String arguments) {
    CommandRun run = run(arguments.split(" ", -1));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("Usage: jvm-pprof");
  }

  @Test
  void usage_noCommand_exitsWith2() {
    CommandRun run = run();
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("Missing command: attach, list, status, top or help\nUsage: jvm-pprof");
  }

  private static CommandRun run(String... arguments) {
    return CommandRun.of(Path.of("none"), List.of(), CommandRun.PATIENCE, arguments);
  }
}
