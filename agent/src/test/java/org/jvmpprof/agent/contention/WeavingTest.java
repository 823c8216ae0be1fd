package org.jvmpprof.agent.contention;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvmpprof.agent.jvm.Jdk;
import org.jvmpprof.shapes.ShapesProgram;

class WeavingTest {
  private static final String METHOD = "int org.jvmpprof.shapes.Shapes.instanceMethod(";

  /** The compiler's lines go to the other stream; compiled code throws with messages, too. */
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-XX:+PrintCompilation",
          "-XX:+DisplayVMOutputToStderr",
          "-XX:-OmitStackTraceInFastThrow");

  @TempDir Path scratch;
  private Path agentJar;

  @BeforeEach
  void agentJar() throws IOException {
    agentJar = scratch.resolve("agent.jar");
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(new Attributes.Name("Premain-Class"), WeavingAgent.class.getName());
    attributes.put(new Attributes.Name("Can-Retransform-Classes"), "true");
    try (OutputStream out = Files.newOutputStream(agentJar)) {
      new JarOutputStream(out, manifest).close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Xmixed", "-Xint", "-XX:TieredStopAtLevel=1", "-XX:-TieredCompilation"})
  void shapes_eachCompiler_behaveAsWithoutAgentAndCompile(String mode) throws Exception {
    for (Jdk jdk : Jdk.since(17)) {
      List<String> without = run(jdk, mode);
      List<String> with = run(jdk, mode, "-Xverify:all", "-javaagent:" + agentJar);

      assertThat(program(with)).as("%s", jdk).isEqualTo(program(without));
      assertThat(with).as("%s", jdk).contains("agent: failed 0");
      assertThat(Files.readAllLines(errors()))
          .as("%s", jdk)
          .filteredOn(line -> line.matches(".*(org.jvmpprof.shapes|java.util.concurrent).*"))
          .filteredOn(line -> line.matches(".*(pars(e|ing)|unbalanced|not compilable|not seen).*"))
          .isEmpty();
    }
  }

  @Test
  void shapes_loadedAfterAgent_losesFlagsForGood() throws Exception {
    for (Jdk jdk : Jdk.since(17)) {
      assertThat(run(jdk, "-Xmixed", "-javaagent:" + agentJar))
          .as("%s", jdk)
          .contains("agent: block true", "agent: method true", "agent: again true")
          .anyMatch(line -> line.startsWith("agent: modifiers private " + METHOD));
    }
  }

  @Test
  void shapes_loadedBeforeAgent_keepsFlagsAndSaysSo() throws Exception {
    for (Jdk jdk : Jdk.since(17)) {
      List<String> output = run(jdk, "-Xmixed", "-javaagent:" + agentJar + "=late");

      assertThat(output)
          .as("%s", jdk)
          .contains("agent: block true", "agent: method false", "agent: again false")
          .anyMatch(line -> line.startsWith("agent: modifiers private synchronized " + METHOD));
      assertThat(program(output)).isEqualTo(program(run(jdk, "-Xmixed")));
    }
  }

  /** What the program printed, without the agent's lines. */
  private static List<String> program(List<String> output) {
    return output.stream().filter(line -> !line.startsWith("agent:")).toList();
  }

  private Path errors() {
    return scratch.resolve("errors.txt");
  }

  private List<String> run(Jdk jdk, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(jdk.home().resolve("bin/java").toString());
    command.addAll(List.of(options));
    command.addAll(JVM_OPTIONS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ShapesProgram.class.getName());
    Path output = scratch.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(errors().toFile());
    builder.environment().keySet().removeIf(name -> name.endsWith("JAVA_OPTIONS"));
    Process process = builder.start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("%s ends", command).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(errors())).isZero();
    return Files.readAllLines(output);
  }
}
