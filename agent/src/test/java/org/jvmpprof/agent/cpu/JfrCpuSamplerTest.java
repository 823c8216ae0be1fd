package org.jvmpprof.agent.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.log.AgentLog;

/** The sampler itself, in a child JVM of a JDK 25 or later beside the JDK that runs the tests. */
@Timeout(120)
class JfrCpuSamplerTest {
  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"return", "exit", "throw", "wait"})
  void stop_atExit_hasHandedOverTheLastSamples(String end) throws Exception {
    assertThatAllWasSampled(run(List.of(), end));
  }

  @Test
  void start_applicationRecordsToo_leavesItsRecordingWhole() throws Exception {
    Path recording = dir.resolve("own.jfr");
    // Its settings ask for another rate of CPU samples, which JFR then uses for all.
    List<String> output =
        run(List.of("-XX:StartFlightRecording:settings=profile,filename=" + recording), "return");
    assertThatAllWasSampled(output);
    assertThat(recording).isNotEmptyFile();
  }

  @Test
  void start_flightRecorderOff_saysSoInOneLine() throws Exception {
    List<String> output = run(List.of("-XX:-FlightRecorder"), "return");
    assertThat(output).contains("REFUSED Flight Recorder is switched off in this JVM");
  }

  @Test
  void start_noTemporaryDirectory_saysSoInOneLine() throws Exception {
    Path file = Files.createFile(dir.resolve("file"));
    List<String> output = run(List.of("-Djava.io.tmpdir=" + file.resolve("tmp")), "return");
    assertThat(output)
        .singleElement()
        .asString()
        .startsWith("REFUSED JFR does not start")
        .contains(file.toString());
  }

  @Test
  void start_noJfrModule_saysSoInOneLine() throws Exception {
    List<String> output =
        run(List.of("--limit-modules", "java.instrument,java.management"), "return");
    assertThat(output)
        .containsExactly("REFUSED module jdk.jfr is missing (--add-modules jdk.jfr adds it)");
  }

  @Test
  void start_before25_saysSoInOneLine() {
    assumeTrue(Runtime.version().feature() < 25, "runs on JDK 25 or later");
    JfrCpuSampler sampler =
        new JfrCpuSampler(
            unused(CpuSink.class),
            10_000_000,
            new AgentThreads(),
            new AgentLog(System.err, AgentLog.Level.OFF),
            unused(Instrumentation.class));
    assertThatThrownBy(sampler::start)
        .isInstanceOf(CpuSamplerException.class)
        .hasMessage("JFR samples CPU time from JDK 25 on");
    sampler.poll();
    sampler.stop();
  }

  private static void assertThatAllWasSampled(List<String> output) {
    String line =
        output.stream()
            .filter(printed -> printed.startsWith("RESULT "))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no result in " + output));
    String[] words = line.split(" ", -1);
    assertThat(Double.parseDouble(words[2]) / Double.parseDouble(words[1]))
        .as("share of the CPU time that was sampled: %s", output)
        .isBetween(0.9, 1.1);
    assertThat(words[3]).as("deepest stack").isEqualTo("128");
  }

  /** Runs {@link BurningProgram}; what waits is ended by SIGTERM. */
  private List<String> run(List<String> options, String end) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(jdk25().resolve("bin/java").toString());
    command.add("-javaagent:" + agentJar());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), BurningProgram.class.getName(), end));
    Process process =
        new ProcessBuilder(command).redirectError(dir.resolve("stderr").toFile()).start();
    List<String> output = new ArrayList<>();
    try (BufferedReader reader = process.inputReader()) {
      String line;
      while ((line = reader.readLine()) != null) {
        output.add(line);
        if (line.equals("READY")) {
          process.toHandle().destroy();
        }
      }
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return output;
  }

  private Path agentJar() throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", BurningProgram.class.getName());
    Path jar = dir.resolve("agent.jar");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    return jar;
  }

  private static String classPath() throws Exception {
    List<String> path = new ArrayList<>();
    for (Class<?> type : List.of(JfrCpuSampler.class, BurningProgram.class)) {
      var source = type.getProtectionDomain().getCodeSource();
      path.add(Path.of(source.getLocation().toURI()).toString());
    }
    return String.join(File.pathSeparator, path);
  }

  private static Path jdk25() throws IOException {
    Path home = Path.of(System.getProperty("java.home")).toRealPath();
    try (Stream<Path> siblings = Files.list(home.getParent())) {
      Optional<Path> found = siblings.filter(JfrCpuSamplerTest::isJdk25).findFirst();
      assumeTrue(found.isPresent(), "no JDK 25 or later beside " + home);
      return found.orElseThrow();
    }
  }

  private static boolean isJdk25(Path home) {
    Path release = home.resolve("release");
    if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isReadable(release)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(release, StandardCharsets.UTF_8)) {
      return lines
          .filter(line -> line.startsWith("JAVA_VERSION="))
          .map(line -> Runtime.Version.parse(line.substring(14).replace("\"", "")))
          .anyMatch(version -> version.feature() >= 25);
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  private static <T> T unused(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> {
              throw new AssertionError("not to be called: " + method);
            }));
  }
}
