package org.jvmpprof.benchmarks.overhead;

import java.io.FileInputStream;
import java.io.IOException;

/** The least program: says hello, and the most memory that its process has had resident. */
final class Hello {
  /** What it prints first. */
  static final String GREETING = "hello";

  private Hello() {}

  /** Runs; prints {@code /proc/self/status} after the greeting. */
  public static void main(String[] args) throws IOException {
    System.out.println(GREETING);
    try (FileInputStream status = new FileInputStream("/proc/self/status")) {
      System.out.write(status.readAllBytes());
    }
  }
}
