package org.jvmpprof.benchmarks.overhead;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One program under one tool. */
final class ChildJvm {
  private static final long END_TIMEOUT_SECONDS = 60;
  private static final String ERRORS = "stderr";

  /* They would add to all tools alike what the caller happens to have set. */
  private static final Set<String> OPTION_VARIABLES =
      Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "JVM_PPROF_OPTIONS");

  private final Tool tool;
  private final Path output;
  private final long startNanos;
  private final Process process;
  private final BufferedReader lines;

  /** Starts it, with a new directory to write to. */
  ChildJvm(Workspace workspace, OverheadOptions options, Results.Subject subject)
      throws IOException {
    tool = subject.tool();
    output = workspace.freshOutput();
    List<String> command = new ArrayList<>(List.of(subject.jdk().java().toString()));
    command.addAll(workspace.jvmOptions(tool, subject.program(), output));
    command.addAll(subject.program().jvmOptions());
    command.addAll(List.of("-cp", workspace.classPath(subject.program())));
    command.addAll(subject.program().arguments(options));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeAll(OPTION_VARIABLES);
    builder.redirectError(output.resolve(ERRORS).toFile());
    startNanos = System.nanoTime();
    process = builder.start();
    lines = process.inputReader();
  }

  /** {@link System#nanoTime} just before its start. */
  long startNanos() {
    return startNanos;
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** The next line of its output that begins like this. */
  String awaitLine(String prefix) throws IOException {
    String line = lines.readLine();
    while (line != null && !line.startsWith(prefix)) {
      line = lines.readLine();
    }
    if (line == null) {
      throw failure("ended before it printed " + prefix);
    }
    return line;
  }

  /** Tells it that it is enough, and waits until it has ended well. */
  void end() throws IOException, InterruptedException {
    process.getOutputStream().close();
    lines.lines().forEach(ignored -> {});
    if (!process.waitFor(END_TIMEOUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw failure("did not end well");
    }
  }

  /** Ends it if it has not ended. */
  void kill() {
    process.destroyForcibly();
  }

  /** Fails if the tool has written nothing: then it did not run, and costs nothing. */
  void requireProfile() throws IOException {
    try (Stream<Path> files = Files.list(output)) {
      if (tool != Tool.NONE && files.noneMatch(ChildJvm::isProfile)) {
        throw failure("wrote no profile");
      }
    }
  }

  private static boolean isProfile(Path file) {
    return !file.endsWith(ERRORS) && file.toFile().length() > 0;
  }

  private IOException failure(String what) throws IOException {
    String stderr = Files.readString(output.resolve(ERRORS));
    return new IOException("a child JVM under " + tool.label() + " " + what + "\n" + stderr);
  }
}
