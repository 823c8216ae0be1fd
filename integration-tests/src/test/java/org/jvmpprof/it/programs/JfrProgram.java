package org.jvmpprof.it.programs;

import java.nio.file.Path;
import java.time.Duration;
import jdk.jfr.Configuration;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Recording;

/**
 * An application that makes JFR events of its own for some time, and a recording of them. Prints
 * {@code ticks=count}, the events that a complete recording holds, and the CPU time spent meanwhile
 * and after it, {@code tickNanos=} and {@code afterwardsNanos=}.
 */
public final class JfrProgram {
  private static final int TICKS = 150;

  private JfrProgram() {}

  /** The application's event. */
  @Name("it.Tick")
  static final class Tick extends Event {}

  /**
   * Runs.
   *
   * @param args when it records: {@code atOnce}, {@code later} (when a profiler has long been up)
   *     or {@code never} (JVM flags do it); and the file for the recording
   */
  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "atOnce" -> recordTicks(Path.of(args[1]));
      case "later" -> {
        Cpu.burnNanos(Duration.ofSeconds(2).toNanos());
        recordTicks(Path.of(args[1]));
      }
      case "never" -> tick();
      default -> throw new IllegalArgumentException(args[0]);
    }
    afterwards();
  }

  private static void recordTicks(Path file) throws Exception {
    try (Recording recording = new Recording(Configuration.getConfiguration("default"))) {
      recording.start();
      tick();
      recording.stop();
      recording.dump(file);
    }
  }

  private static void tick() {
    long start = Cpu.threadNanos();
    for (int i = 0; i < TICKS; i++) {
      new Tick().commit();
      Cpu.burnNanos(20_000_000);
    }
    System.out.println("ticks=" + TICKS);
    System.out.println("tickNanos=" + (Cpu.threadNanos() - start));
  }

  /** The profiler must outlive the recording. */
  private static void afterwards() {
    long start = Cpu.threadNanos();
    Cpu.burnNanos(Duration.ofSeconds(2).toNanos());
    System.out.println("afterwardsNanos=" + (Cpu.threadNanos() - start));
  }
}
