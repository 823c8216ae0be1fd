package org.jvmpprof.accuracy;

import java.io.IOException;
import java.util.Set;

/** Runs comparisons and prints them in Markdown. */
public final class Accuracy {
  private Accuracy() {}

  /**
   * Prints the tables asked for.
   *
   * @param args javac, causes, phases, safepoint; all of them if there are none
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Setup setup = Setup.fromProperties();
    Set<String> wanted =
        Set.of(args.length > 0 ? args : new String[] {"safepoint", "phases", "causes", "javac"});
    if (wanted.contains("safepoint")) {
      SafepointTable.print(setup);
    }
    if (wanted.contains("phases")) {
      PhaseTable.printPhases(setup);
    }
    if (wanted.contains("causes")) {
      PhaseTable.printCauses(setup);
    }
    if (wanted.contains("javac")) {
      JavacComparison.print(setup);
    }
  }
}
