package org.jvmpprof.agent.jfr;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedMethod;

/** What JFR's events hold, in the agent's terms. */
public final class JfrValues {
  private JfrValues() {}

  /** The name of a method's class as {@link Class#getName()} has it. */
  public static String className(RecordedMethod method) {
    // JFR writes a dot between a hidden class's name and its address, the JVM a slash.
    return method.getType().getName().replace(".0x", "/0x");
  }

  /** Nanoseconds since 1970 UTC. */
  public static long epochNanos(Instant instant) {
    return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
  }
}
