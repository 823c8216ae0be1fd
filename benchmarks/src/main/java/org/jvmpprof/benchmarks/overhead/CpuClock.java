package org.jvmpprof.benchmarks.overhead;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** CPU time of one process and of a tool's threads in it, from {@code /proc}. */
final class CpuClock {
  private final ProcessHandle process;
  private final Path tasks;
  private final Map<Path, Long> toolThreadNanos = new HashMap<>();

  CpuClock(ProcessHandle process) {
    this.process = process;
    this.tasks = Path.of("/proc", Long.toString(process.pid()), "task");
  }

  /**
   * CPU time so far.
   *
   * @param wallNanos of this JVM, when it was read
   * @param processNanos of all threads, in steps of 10 ms
   * @param toolNanos of the tool's threads; of those that have ended, what the last reading saw
   */
  record Reading(long wallNanos, long processNanos, long toolNanos) {}

  /** Reads now; zero for a process that has gone. */
  synchronized Reading read() {
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
      threads.forEach(this::readThread);
    } catch (IOException | DirectoryIteratorException e) {
      // The process has ended: the last reading stands.
    }
    long toolNanos = toolThreadNanos.values().stream().mapToLong(Long::longValue).sum();
    long processNanos = process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    return new Reading(System.nanoTime(), processNanos, toolNanos);
  }

  private void readThread(Path thread) {
    try {
      if (Tool.ownsThread(Files.readString(thread.resolve("comm")))) {
        String onCpuNanos = Files.readString(thread.resolve("schedstat")).split(" ", 2)[0];
        toolThreadNanos.put(thread, Long.parseLong(onCpuNanos));
      }
    } catch (IOException e) {
      // The thread has ended: what the last reading saw stands.
    }
  }
}
