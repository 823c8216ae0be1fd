package org.jvmpprof.cli;

import java.util.Optional;
import java.util.Properties;

/**
 * What a JVM's system properties tell us.
 *
 * @param mainClass main class, jar or {@code module/class}, without its arguments
 * @param javaVersion of the JVM, e.g. 17
 * @param agentVersion of the agent that profiles this JVM already
 * @param directory where that agent writes profiles
 * @param http the URL at which that agent serves profiles
 * @param cpu the engine of its CPU profile and what that sees
 * @param contention what serves its block and mutex profiles, per kind of wait
 * @param heap the bytes between its allocation samples, and why when they are not as set
 */
record JvmState(
    String mainClass,
    int javaVersion,
    Optional<String> agentVersion,
    Optional<String> directory,
    Optional<String> http,
    Optional<String> cpu,
    Optional<String> contention,
    Optional<String> heap) {

  /** Reads properties that HotSpot and the agent have set. */
  static JvmState of(Properties properties) {
    String command = properties.getProperty("sun.java.command", "").strip();
    return new JvmState(
        command.isEmpty() ? "?" : command.split(" ", 2)[0],
        // Java 8 calls itself 1.8.
        Integer.parseInt(
            properties.getProperty("java.specification.version", "0").replaceFirst("^1\\.", "")),
        Optional.ofNullable(properties.getProperty("jvmpprof.version")),
        Optional.ofNullable(properties.getProperty("jvmpprof.running.dir")),
        Optional.ofNullable(properties.getProperty("jvmpprof.running.http"))
            .map(address -> "http://" + address + "/debug/pprof/"),
        Optional.ofNullable(properties.getProperty("jvmpprof.running.cpu")),
        Optional.ofNullable(properties.getProperty("jvmpprof.running.contention")),
        Optional.ofNullable(properties.getProperty("jvmpprof.running.heap")));
  }
}
