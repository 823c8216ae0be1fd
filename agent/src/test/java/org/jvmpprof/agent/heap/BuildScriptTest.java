package org.jvmpprof.agent.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the build does where the library cannot be compiled. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class BuildScriptTest {
  @TempDir Path scratch;

  private record Result(int exit, String output) {}

  @Test
  void build_noCompiler_saysSoAndSucceeds() throws Exception {
    // All that it needs but a compiler.
    for (String tool : List.of("dirname", "mkdir")) {
      Path script = Files.writeString(scratch.resolve(tool), "exec " + find(tool) + " \"$@\"\n");
      assertThat(script.toFile().setExecutable(true)).isTrue();
    }
    goesWithout(build("", scratch.toString()), "no C compiler (cc, gcc or clang) found");
  }

  @Test
  void build_compilerFails_saysSoAndSucceeds() throws Exception {
    goesWithout(build("false -x", System.getenv("PATH")), "false -x cannot compile ");
  }

  @Test
  void build_compilerIsRequired_fails() throws Exception {
    ProcessBuilder builder = command("false", System.getenv("PATH"));
    builder.environment().put("JVM_PPROF_REQUIRE_CC", "1");
    assertThat(run(builder).exit()).isNotZero();
  }

  private static void goesWithout(Result result, String why) {
    assertThat(result.exit()).as(result.output()).isZero();
    assertThat(result.output()).contains("jvm-pprof: building without heap profiles: " + why);
  }

  private Result build(String compiler, String path) throws IOException, InterruptedException {
    return run(command(compiler, path));
  }

  private ProcessBuilder command(String compiler, String path) {
    Path script = Path.of("src", "main", "c", "build.sh").toAbsolutePath();
    ProcessBuilder builder =
        new ProcessBuilder(
            "/bin/sh",
            script.toString(),
            System.getProperty("java.home"),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            scratch.resolve("classes").toString());
    builder.environment().remove("JVM_PPROF_REQUIRE_CC");
    builder.environment().put("PATH", path);
    builder.environment().put("CC", compiler);
    return builder.redirectErrorStream(true);
  }

  private static Result run(ProcessBuilder builder) throws IOException, InterruptedException {
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  private static Path find(String tool) {
    for (String directory : System.getenv("PATH").split(File.pathSeparator, -1)) {
      Path candidate = Path.of(directory, tool);
      if (Files.isExecutable(candidate)) {
        return candidate;
      }
    }
    throw new AssertionError(tool);
  }
}
