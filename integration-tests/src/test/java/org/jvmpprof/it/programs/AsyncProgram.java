package org.jvmpprof.it.programs;

import java.io.IOException;
import java.time.Duration;
import one.profiler.AsyncProfiler;

/**
 * An application that runs async-profiler on itself. Prints as {@code own=} whether that worked:
 * {@code ok}, or what async-profiler said instead.
 */
public final class AsyncProgram {
  private AsyncProgram() {}

  /**
   * Runs.
   *
   * @param args {@code atOnce} or {@code later} (when another profiler has long been up), and the
   *     file for async-profiler's result
   */
  public static void main(String[] args) throws IOException {
    if (args[0].equals("later")) {
      busy();
    }
    System.out.println("own=" + profileOnesSelf(args[1]));
    busy();
  }

  private static String profileOnesSelf(String file) throws IOException {
    AsyncProfiler profiler = AsyncProfiler.getInstance();
    try {
      profiler.execute("start,event=cpu,interval=10ms,jfr,file=" + file);
      busy();
      profiler.execute("stop,file=" + file);
      return "ok";
    } catch (IllegalStateException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static void busy() {
    Cpu.burnNanos(Duration.ofSeconds(2).toNanos());
  }
}
