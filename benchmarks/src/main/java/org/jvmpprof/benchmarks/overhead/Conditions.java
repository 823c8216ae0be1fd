package org.jvmpprof.benchmarks.overhead;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** When, where and how a run measured. */
final class Conditions {
  private Conditions() {}

  /** One line for each. */
  static List<String> now(OverheadOptions options) throws IOException {
    return List.of(
        "date: " + Instant.now().truncatedTo(ChronoUnit.SECONDS),
        "machine: "
            + processor()
            + ", "
            + Runtime.getRuntime().availableProcessors()
            + " CPUs, "
            + System.getProperty("os.name")
            + ' '
            + System.getProperty("os.version"),
        "load average before: " + Files.readString(Path.of("/proc/loadavg")).strip(),
        "command: " + options.commandLine());
  }

  private static String processor() throws IOException {
    return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }
}
