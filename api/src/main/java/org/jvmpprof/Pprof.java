package org.jvmpprof;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether this JVM is being profiled by jvm-pprof, and where its profiles go. Works from any class
 * loader, whether the agent was there from the start or attached later; without an agent every
 * answer is empty.
 */
public final class Pprof {
  private Pprof() {}

  /** The version of the agent that runs in this JVM; empty when none does. */
  public static Optional<String> agentVersion() {
    return Optional.ofNullable(System.getProperty("jvmpprof.version"));
  }

  /** The directory that the agent writes profiles to; empty when it writes none. */
  public static Optional<Path> directory() {
    return Optional.ofNullable(System.getProperty("jvmpprof.running.dir")).map(Path::of);
  }
}
