package org.jvmpprof.benchmarks.overhead;

import java.util.List;

/** What a program runs under. */
enum Tool {
  NONE("none"),
  JVM_PPROF("jvm-pprof"),
  WAITS("jvm-pprof, block and mutex alone"),
  ASYNC_PROFILER("async-profiler"),
  JFR("JFR");

  /*
   * The beginnings of the names that threads of any of the tools have, as the kernel keeps them:
   * of a long one, JDK 25 gives it the first seven characters and the last six.
   * jvm-pprof uses async-profiler or JFR inside, so theirs are its own there.
   */
  private static final List<String> THREAD_NAMES = List.of("jvm-ppr", "JFR ", "Async-profiler");

  private final String label;

  Tool(String label) {
    this.label = label;
  }

  /** Whether the thread of this name exists only because a tool runs. */
  static boolean ownsThread(String name) {
    return THREAD_NAMES.stream().anyMatch(name::startsWith);
  }

  /** What tables call it. */
  String label() {
    return label;
  }
}
