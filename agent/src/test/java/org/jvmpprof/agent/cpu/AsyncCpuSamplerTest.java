package org.jvmpprof.agent.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
class AsyncCpuSamplerTest {
  @TempDir Path directory;

  @Test
  void sample_busyWaitingAndAgentThreads_showsWhoUsedTheCpu() throws Exception {
    Output output = run("work");
    assertThat((double) output.number("known") / output.number("cpu")).isBetween(0.7, 1.1);
    assertThat(output.number("spinOfMain")).isBetween(100L, 170L);
    assertThat(output.number("lines")).isEqualTo(output.number("spin"));
    assertThat(output.number("spin")).isEqualTo(output.number("spinOfMain"));
    assertThat(output.number("waiting")).isZero();
    assertThat(output.number("agent")).isZero();
    assertThat(output.number("early")).isZero();
    assertThat(output.number("late")).isZero();
  }

  @Test
  void sample_garbageCollection_isUnderNoApplicationFrame() throws Exception {
    Output output = run("work");
    assertThat(output.number("gc")).isPositive();
    assertThat(output.number("gcOfMain")).isZero();
  }

  @Test
  void stop_inShutdownHook_deliversTheLastSamples() throws Exception {
    assertThat(run("hook").number("spin")).isBetween(35L, 55L);
  }

  @Test
  void exit_withoutStop_leavesNoFileAndPrintsNothing() throws Exception {
    Output output = run("exit");
    assertThat(output.lines).isEmpty();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void start_applicationRunsAsyncProfilerToo_bothSample() throws Exception {
    for (String order : List.of("before", "after")) {
      Output output = run("beside", order);
      assertThat(output.text("status")).as(order).contains("running");
      assertThat(output.number("spin")).as(order).isBetween(75L, 125L);
      assertThat(output.number("spinOfApplication")).as(order).isBetween(110L, 180L);
      assertThat(output.number("lost")).as(order).isLessThan(20);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {AsyncSession.CPU, AsyncSession.CTIMER})
  void start_afterStop_samplesAgain(String event) throws Exception {
    Output output = run("restart", event);
    assertThat(output.number("running")).isEqualTo(3);
    assertThat(output.number("spin")).isBetween(75L, 125L);
  }

  @Test
  void start_libraryCannotBeLoaded_isRefusedInOneLine() throws Exception {
    Output output =
        run(List.of("-Done.profiler.extractPath=" + directory.resolve("none")), "start");
    assertThat(output.text("refused")).startsWith("async-profiler cannot be loaded: ");
    assertThat(output.lines).hasSize(1);
  }

  @Test
  void start_temporaryDirectoryThatItCannotName_isRefused() throws Exception {
    Path odd = Files.createDirectory(directory.resolve("a,b"));
    Output output = run(List.of("-Djava.io.tmpdir=" + odd), "start");
    assertThat(output.text("refused")).contains("cannot write");
    assertThat(odd).isEmptyDirectory();
  }

  private Output run(String... args) throws IOException, InterruptedException {
    return run(List.of(), args);
  }

  private Output run(List<String> options, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+DebugNonSafepoints", "-XX:+UseParallelGC"));
    command.add("-Djava.io.tmpdir=" + directory);
    if (Runtime.version().feature() >= 24) {
      // In the product, the agent sees to that.
      command.add("--illegal-native-access=allow");
    }
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(AsyncProgram.class.getName());
    command.addAll(Arrays.asList(args));
    return finish(command);
  }

  private Output finish(List<String> command) throws IOException, InterruptedException {
    Path printed = Files.createTempFile("async-program-", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(printed.toFile())
              .start();
      boolean ended = process.waitFor(60, TimeUnit.SECONDS);
      process.destroyForcibly();
      Output output = new Output(Files.readAllLines(printed, StandardCharsets.UTF_8));
      assertThat(ended && process.exitValue() == 0).as("%s", output.lines).isTrue();
      return output;
    } finally {
      Files.delete(printed);
    }
  }

  private record Output(List<String> lines) {
    String text(String key) {
      String prefix = key + "=";
      return lines.stream()
          .filter(line -> line.startsWith(prefix))
          .map(line -> line.substring(prefix.length()))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no " + key + " in " + lines));
    }

    long number(String key) {
      return Long.parseLong(text(key));
    }
  }
}
