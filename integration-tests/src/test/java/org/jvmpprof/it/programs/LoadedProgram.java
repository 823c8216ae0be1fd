package org.jvmpprof.it.programs;

import java.io.IOException;

/**
 * A database under load, and a thread that looks at the clock all the time. When the agent has been
 * attached and is complete, prints {@code attached=true}; at the end, as {@code gap.before} and
 * {@code gap.after} the attach, the longest time in nanoseconds for which that thread stood still.
 */
public final class LoadedProgram {
  private static final long SECOND_NANOS = 1_000_000_000;
  private static volatile long longestNanos;
  private static volatile boolean ended;

  private LoadedProgram() {}

  /** Runs. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Thread load = new Thread(LoadedProgram::load, "load");
    load.setDaemon(true);
    load.start();
    // Most classes are loaded and compiled by then.
    Pause.millis(4_000);
    Thread pulse = new Thread(LoadedProgram::pulse, "pulse");
    pulse.start();
    Pause.millis(5_000);
    long before = longestNanos;
    longestNanos = 0;
    System.out.println("READY");
    Agent.awaitAttached();
    Agent.awaitComplete();
    Pause.millis(1_000);
    System.out.println("gap.before=" + before);
    System.out.println("gap.after=" + longestNanos);
    System.out.println("attached=true");
    Handshake.await();
    ended = true;
    pulse.join();
    System.exit(0);
  }

  private static void load() {
    try {
      H2Program.main(new String[] {String.valueOf(120 * SECOND_NANOS)});
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pulse() {
    long last = System.nanoTime();
    while (!ended) {
      Pause.millis(1);
      long now = System.nanoTime();
      longestNanos = Math.max(longestNanos, now - last);
      last = now;
    }
  }
}
