package org.jvmpprof.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A {@code go} command.
 *
 * @param command where it is
 * @param version what it says, e.g. {@code go1.19.8}
 */
record GoTool(Path command, String version) {
  /** Set in the environment: a machine without Go fails the tests instead of skipping them. */
  static final String REQUIRED = "JVM_PPROF_REQUIRE_GO";

  private static final Path DIRECTORY = Path.of("target", "it-logs", "go").toAbsolutePath();

  /** How a command ended. */
  record Result(int exit, String out, String err) {}

  /** Every version that is on the PATH; skips the test when there is none. */
  static List<GoTool> all() throws IOException, InterruptedException {
    List<GoTool> found = on(System.getenv("PATH"));
    if (System.getenv(REQUIRED) == null) {
      assumeTrue(!found.isEmpty(), "no go on the PATH");
    }
    assertThat(found).as("go commands on the PATH").isNotEmpty();
    return found;
  }

  static List<GoTool> on(String path) throws IOException, InterruptedException {
    Map<String, GoTool> byVersion = new LinkedHashMap<>();
    for (String directory : path.split(File.pathSeparator, -1)) {
      Path command = Path.of(directory, "go");
      if (Files.isExecutable(command)) {
        String version = run(List.of(command.toString(), "env", "GOVERSION"), "").out().strip();
        byVersion.putIfAbsent(version, new GoTool(command, version));
      }
    }
    return List.copyOf(byVersion.values());
  }

  /** Runs {@code go tool pprof} with these arguments. */
  Result pprof(String... args) throws IOException, InterruptedException {
    return run(commandLine(args), "");
  }

  /** Compiles a program of one file. */
  void build(Path source, Path binary) throws IOException, InterruptedException {
    Result result =
        run(List.of(command.toString(), "build", "-o", binary.toString(), source.toString()), "");
    assertThat(result.exit()).as(result.err()).isZero();
  }

  /** As {@link #pprof}, with these lines typed into its shell. */
  Result pprofTyped(String lines, String... args) throws IOException, InterruptedException {
    return run(commandLine(args), lines);
  }

  /** The web interface that {@code go tool pprof -http} serves for these arguments. */
  GoWeb pprofWeb(String... args) throws IOException {
    List<String> all = commandLine(args);
    all.addAll(3, List.of("-http=127.0.0.1:", "-no_browser"));
    Path err = Files.createTempFile(Files.createDirectories(DIRECTORY), "", ".err");
    return GoWeb.of(
        builder(all).redirectOutput(Redirect.DISCARD).redirectError(err.toFile()).start(), err);
  }

  private List<String> commandLine(String... args) {
    List<String> all = new ArrayList<>(List.of(command.toString(), "tool", "pprof"));
    all.addAll(Arrays.asList(args));
    return all;
  }

  private static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .putAll(Map.of("PPROF_TMPDIR", DIRECTORY.toString(), "GOTOOLCHAIN", "local"));
    return builder;
  }

  private static Result run(List<String> command, String input)
      throws IOException, InterruptedException {
    Files.createDirectories(DIRECTORY);
    Path out = Files.createTempFile(DIRECTORY, "", ".out");
    Path err = Files.createTempFile(DIRECTORY, "", ".err");
    Process process =
        builder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(UTF_8));
    }
    if (!process.waitFor(Duration.ofMinutes(5).toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("no end to " + command + "\n" + Files.readString(err));
    }
    return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
