package org.jvmpprof.benchmarks.overhead;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The most memory that a process has had resident, as {@code /proc/PID/status} states it. */
final class ResidentMemory {
  /** How the line of the file begins that states it. */
  static final String PREFIX = "VmHWM:";

  private static final double BYTES_PER_KIBIBYTE = 1024;
  private static final double BYTES_PER_MEGABYTE = 1e6;

  private ResidentMemory() {}

  /** What such a file says now, in megabytes. */
  static double read(Path status) throws IOException {
    try (Stream<String> lines = Files.lines(status)) {
      return megabytes(lines.filter(line -> line.startsWith(PREFIX)).findFirst().orElseThrow());
    }
  }

  /** What a line like {@code VmHWM: 45012 kB} says; it means KiB. */
  static double megabytes(String line) {
    double kibibytes = Double.parseDouble(line.replaceAll("\\D", ""));
    return kibibytes * BYTES_PER_KIBIBYTE / BYTES_PER_MEGABYTE;
  }
}
