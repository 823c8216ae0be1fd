package org.jvmpprof.it.programs;

import java.lang.management.ManagementFactory;

/** Says hello, and how many milliseconds after the JVM's start. */
public final class HelloProgram {
  private HelloProgram() {}

  /** Runs. */
  public static void main(String[] args) {
    long started = ManagementFactory.getRuntimeMXBean().getStartTime();
    System.out.println("hello=" + (System.currentTimeMillis() - started));
  }
}
