package org.jvmpprof.benchmarks.overhead;

import java.util.List;
import java.util.Locale;

/** What one call of the comparison is about. */
enum Measured {
  /** What loads and starts cost. */
  OVERHEAD,

  /** What threads that contend for a lock do. */
  LOCKS,

  /** Starts alone, and what of them is for waits. */
  STARTS;

  /** The tools side by side. */
  List<Tool> tools() {
    return this == STARTS
        ? List.of(Tool.values())
        : List.of(Tool.NONE, Tool.JVM_PPROF, Tool.ASYNC_PROFILER, Tool.JFR);
  }

  /** Programs that go on until they are told to end. */
  List<Program> loads() {
    return switch (this) {
      case OVERHEAD -> List.of(Program.COMPUTING, Program.DATABASE);
      case LOCKS -> List.of(Program.MONITOR, Program.LOCK);
      case STARTS -> List.of();
    };
  }

  /** Programs that say hello and end. */
  List<Program> starts() {
    return this == LOCKS ? List.of() : List.of(Program.HELLO, Program.SPRING_BOOT);
  }

  /** Its name in files of results. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
