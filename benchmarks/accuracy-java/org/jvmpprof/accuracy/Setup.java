package org.jvmpprof.accuracy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the comparison is made with.
 *
 * @param agent the agent's jar
 * @param asyncProfiler async-profiler's library
 * @param classPath of the programs that are profiled
 * @param sources the source tree that javac compiles
 * @param work where everything that the programs and profilers write is kept
 * @param jdks the JDKs to run them with
 * @param seconds how long each program runs
 */
record Setup(
    Path agent,
    Path asyncProfiler,
    String classPath,
    Path sources,
    Path work,
    List<Jdk> jdks,
    long seconds) {

  /** From system properties named like the components, prefixed {@code accuracy.}. */
  static Setup fromProperties() {
    return new Setup(
        Path.of(property("agent")),
        Path.of(property("asyncProfiler")),
        property("classPath"),
        Path.of(property("sources")),
        Path.of(property("work")),
        Stream.of(property("jdks").split(" ")).map(Jdk::at).toList(),
        Long.parseLong(property("seconds")));
  }

  private static String property(String name) {
    return System.getProperty("accuracy." + name);
  }
}
