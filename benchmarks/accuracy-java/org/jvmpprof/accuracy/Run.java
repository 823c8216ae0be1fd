package org.jvmpprof.accuracy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * One program that has run in a JVM of its own under one profiler.
 *
 * @param samples what the profiler has seen
 * @param values the {@code key=number} lines that the program has printed
 */
record Run(Samples samples, Map<String, Long> values) {

  /** Runs a program under the agent, with no other flag. */
  static Run agent(Setup setup, Jdk jdk, String name, String options, List<String> program)
      throws IOException, InterruptedException {
    Path directory = emptyDirectory(setup, jdk, name);
    Path profiles = directory.resolve("profiles");
    String agent = "-javaagent:%s=rotate=1h,dir=%s%s".formatted(setup.agent(), profiles, options);
    Map<String, Long> values = run(setup, jdk, directory, List.of(agent), program);
    return new Run(PprofSamples.in(profiles), values);
  }

  /** Runs a program under async-profiler, with the flags that its documentation advises. */
  static Run asyncProfiler(Setup setup, Jdk jdk, String name, List<String> program)
      throws IOException, InterruptedException {
    Path directory = emptyDirectory(setup, jdk, name);
    Path stacks = directory.resolve("stacks.txt");
    List<String> flags =
        List.of(
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:+DebugNonSafepoints",
            "-agentpath:%s=start,event=cpu,interval=10ms,collapsed,ann,threads,file=%s"
                .formatted(setup.asyncProfiler(), stacks));
    Map<String, Long> values = run(setup, jdk, directory, flags, program);
    return new Run(CollapsedSamples.in(stacks), values);
  }

  private static Path emptyDirectory(Setup setup, Jdk jdk, String name) throws IOException {
    Path directory = setup.work().resolve(name + "-" + jdk.version());
    Files.createDirectory(directory);
    return directory;
  }

  private static Map<String, Long> run(
      Setup setup, Jdk jdk, Path directory, List<String> flags, List<String> program)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
    command.addAll(flags);
    command.addAll(List.of("-cp", setup.classPath()));
    command.addAll(program);
    Path out = directory.resolve("out.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(directory.resolve("err.txt").toFile())
            .start();
    boolean ended = process.waitFor(10 * setup.seconds() + 120, TimeUnit.SECONDS);
    process.destroyForcibly();
    if (!ended || process.exitValue() != 0) {
      throw new IOException("no success, see " + directory + ": " + command);
    }
    return values(out);
  }

  private static Map<String, Long> values(Path out) throws IOException {
    return Files.readAllLines(out).stream()
        .filter(line -> line.matches("[\\w.]+=\\d+"))
        .map(line -> line.split("="))
        .collect(Collectors.toMap(pair -> pair[0], pair -> Long.valueOf(pair[1])));
  }
}
