package org.jvmpprof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that a test tries the command on; it ends when its standard input is closed. */
record ChildProcess(Process process) implements AutoCloseable {
  /**
   * Homes of the JDKs to try: the one that runs this, and the other of 17 and 25 where it is
   * installed.
   */
  static Stream<Path> jdks() throws IOException {
    Path home = Path.of(System.getProperty("java.home")).toRealPath();
    try (Stream<Path> siblings = Files.list(home.getParent())) {
      List<Path> others =
          siblings
              .filter(jdk -> !Files.isSymbolicLink(jdk) && !jdk.equals(home))
              .filter(jdk -> Files.isExecutable(jdk.resolve("bin/java")))
              .filter(jdk -> jdk.getFileName().toString().matches(".*\\b(17|25)\\b.*"))
              .limit(1)
              .toList();
      return Stream.concat(Stream.of(home), others.stream());
    }
  }

  /** A JVM of the kind that runs this, which has said that its main method runs. */
  static ChildProcess jvm(String... flags) throws IOException {
    return jvm(List.of(), Path.of(System.getProperty("java.home")), flags);
  }

  static ChildProcess jvm(List<String> prefix, Path jdk, String... flags) throws IOException {
    ChildProcess child = startingJvm(prefix, jdk, flags);
    child.awaitReady();
    return child;
  }

  /** A JVM at the very beginning of its life. */
  static ChildProcess startingJvm(List<String> prefix, Path jdk, String... flags)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(jdk.resolve("bin/java").toString());
    command.addAll(List.of(flags));
    // Holds even where another file system is mounted over this directory.
    String classes = "/proc/self/cwd/target/test-classes";
    command.addAll(List.of("-Xmx64m", "-cp", classes, Sleeper.class.getName()));
    return of(command.toArray(String[]::new));
  }

  static ChildProcess of(String... command) throws IOException {
    return new ChildProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  String pid() {
    return Long.toString(process.pid());
  }

  JvmProcess asJvm() {
    return new JvmProcess(process.pid());
  }

  void awaitReady() throws IOException {
    BufferedReader out = process.inputReader();
    String line = out.readLine();
    while (line != null && !line.equals("READY")) {
      line = out.readLine();
    }
    assertThat(line).isEqualTo("READY");
  }

  void signal(String name) throws IOException, InterruptedException {
    int status = new ProcessBuilder("kill", "-" + name, pid()).start().waitFor();
    assertThat(status).isZero();
  }

  /** Lets the process end as it wishes, and shows that nothing else ended it. */
  void endsWell() throws IOException, InterruptedException {
    process.getOutputStream().close();
    process.getInputStream().transferTo(OutputStream.nullOutputStream());
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
