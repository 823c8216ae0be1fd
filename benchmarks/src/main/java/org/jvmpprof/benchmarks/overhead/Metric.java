package org.jvmpprof.benchmarks.overhead;

/** What is measured of a program under a tool. */
enum Metric {
  RATE("operations/s", Against.RATIO),
  EFFICIENCY("operations per CPU second", Against.RATIO),
  TOOL("tool's threads, % of a core, from the start", Against.NOTHING),
  TOOL_STEADY("tool's threads, % of a core, second half", Against.NOTHING),
  FIRST_LINE_RATIO("start to first line, ratio", Against.RATIO),
  FIRST_LINE("start to first line, ms", Against.DIFFERENCE),
  START_CPU_RATIO("start to first line, ratio of CPU time", Against.RATIO),
  START_CPU("start to first line, CPU ms", Against.DIFFERENCE),
  EXIT("start to exit, ms", Against.DIFFERENCE),
  MEMORY("most resident memory, MB", Against.DIFFERENCE);

  /** How a tool's figure is compared to that of no tool in the same round. */
  enum Against {
    RATIO,
    DIFFERENCE,
    NOTHING
  }

  private final String label;
  private final Against against;

  Metric(String label, Against against) {
    this.label = label;
    this.against = against;
  }

  String label() {
    return label;
  }

  Against against() {
    return against;
  }
}
