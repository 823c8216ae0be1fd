package org.jvmpprof.accuracy;

import java.io.IOException;
import java.util.List;

/**
 * The classic test of Mytkowicz et al., PLDI 2010, listing 1: what share of a thread's time is in
 * the hot method that was inlined into the loop of a cold one. Nearly all of it is the truth.
 */
final class SafepointTable {
  private static final String PROGRAM = "org.jvmpprof.it.programs.SafepointProgram";

  private SafepointTable() {}

  static void print(Setup setup) throws IOException, InterruptedException {
    Markdown.title("Hot method inlined into the loop of a cold one");
    Markdown.head(List.of("JDK, engine", "hot, flat %", "cold, flat %", "CPU seconds"));
    for (Jdk jdk : setup.jdks()) {
      for (String engine : List.of("auto", "timer")) {
        Run run =
            Run.agent(setup, jdk, "safepoint-" + engine, ",cpu-engine=" + engine, List.of(PROGRAM));
        Samples measured = run.samples().under(PROGRAM + ".measured");
        Markdown.row(
            List.of(
                jdk.version() + ", " + engine,
                share(measured, ".hot"),
                share(measured, ".cold"),
                "%.2f".formatted(measured.totalNanos() / 1e9)));
      }
    }
  }

  private static String share(Samples samples, String method) {
    return Markdown.percent(samples.flatJava().getOrDefault(PROGRAM + method, 0.0));
  }
}
