package org.jvmpprof.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A program that runs in a JVM of its own. Every wait is bounded; one that takes too long kills the
 * program and fails with all that it printed. Closing it kills what is left of it.
 */
final class ChildJvm implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final String name;
  private final Process process;
  private final Path out;
  private final Path err;
  private final Path profiles;

  ChildJvm(String name, Process process, Path out, Path err, Path profiles) {
    this.name = name;
    this.process = process;
    this.out = out;
    this.err = err;
    this.profiles = profiles;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for the line {@code READY}. */
  void awaitReady() {
    awaitLine("READY");
  }

  /** Waits until the program has printed this line to standard output. */
  void awaitLine(String line) {
    await(name + " prints " + line)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> !process.isAlive() || outLines().contains(line));
    if (!outLines().contains(line)) {
      throw new AssertionError("no " + line + " from " + this);
    }
  }

  /** Sends a line to the program's standard input. */
  void send(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new AssertionError("cannot write to " + this, e);
    }
  }

  /** Lets the program run for this long; false when it has ended before. */
  boolean runsFor(Duration span) {
    return !hasExitedWithin(span);
  }

  /** Waits for the end of the program. */
  int awaitExit() {
    if (!hasExitedWithin(PATIENCE)) {
      printThreads();
      close();
      throw new AssertionError("still running after " + PATIENCE + ": " + this);
    }
    return process.exitValue();
  }

  /** Waits for the end of the program, which must give this exit code. */
  void awaitExit(int expected) {
    int code = awaitExit();
    assertThat(code).as("exit code of %s", this).isEqualTo(expected);
  }

  /** Sends SIGTERM. */
  void terminate() {
    // Process.destroy would close standard input too, and the program might see that first.
    process.toHandle().destroy();
  }

  /** Sends SIGKILL and waits until the process is gone. */
  void kill() {
    process.destroyForcibly();
    hasExitedWithin(PATIENCE);
  }

  @Override
  public void close() {
    kill();
  }

  List<String> outLines() {
    return read(out).lines().toList();
  }

  List<String> errLines() {
    return read(err).lines().toList();
  }

  /** What the agent said, without the prefix. */
  List<String> agentLines() {
    String prefix = "jvm-pprof: ";
    return errLines().stream()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()))
        .toList();
  }

  /** The complete {@code key=value} lines printed so far; of several of a key the last. */
  Map<String, String> values() {
    String text = read(out);
    Map<String, String> values = new TreeMap<>();
    text.substring(0, text.lastIndexOf('\n') + 1)
        .lines()
        .filter(line -> line.matches("[\\w.]+=.*"))
        .map(line -> line.split("=", 2))
        .forEach(pair -> values.put(pair[0], pair[1]));
    return values;
  }

  /** What the program has printed for this key. */
  String text(String key) {
    String value = values().get(key);
    if (value == null) {
      throw new AssertionError("no value of " + key + " from " + this);
    }
    return value;
  }

  /** A number that the program has printed. */
  long value(String key) {
    return Long.parseLong(text(key));
  }

  /** All CPU profiles in the directory that this program writes to. */
  CpuProfile profile() {
    return CpuProfile.in(profiles);
  }

  /** Waits until nothing new has come into the profile of an idle program, and returns it. */
  CpuProfile awaitSettledProfile() {
    AtomicLong last = new AtomicLong(-1);
    await("profile of " + name + " settles")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .during(Duration.ofMillis(1500))
        .until(
            () -> {
              long nanos = profile().totalNanos();
              return last.getAndSet(nanos) == nanos;
            });
    return profile();
  }

  @Override
  public String toString() {
    return name + "\n--- standard output\n" + read(out) + "--- standard error\n" + read(err);
  }

  /** Asks the JVM for its thread dump, on its standard output. */
  private void printThreads() {
    try {
      new ProcessBuilder("kill", "-QUIT", String.valueOf(pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    hasExitedWithin(Duration.ofSeconds(1));
  }

  private boolean hasExitedWithin(Duration span) {
    try {
      return process.waitFor(span.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + this, e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
