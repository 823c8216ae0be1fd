package org.jvmpprof.benchmarks.overhead;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Measures what each tool costs the programs that run under it, in rounds of one run of each. */
public final class Overhead {
  private final Workspace workspace;
  private final OverheadOptions options;
  private final List<Jdk> jdks;
  private final Results results = new Results();

  private Overhead(Workspace workspace, OverheadOptions options, List<Jdk> jdks) {
    this.workspace = workspace;
    this.options = options;
    this.jdks = jdks;
  }

  /** Runs; see {@link OverheadOptions#USAGE}. Prints Markdown, and writes a file of results. */
  public static void main(String[] args) throws InterruptedException, URISyntaxException {
    try {
      OverheadOptions options = OverheadOptions.parse(args);
      new Overhead(Workspace.find(), options, Jdk.installed()).run();
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    } catch (IOException e) {
      System.err.println("overhead: " + e.getMessage());
      System.exit(1);
    }
  }

  private void run() throws IOException, InterruptedException {
    List<String> conditions = Conditions.now(options);
    for (int round = 0; round < options.rounds(); round++) {
      System.err.printf("loads, round %d of %d%n", round + 1, options.rounds());
      sideBySide(options.locks() ? Program.MONITOR : Program.COMPUTING, round);
      sideBySide(options.locks() ? Program.LOCK : Program.DATABASE, round);
    }
    for (int round = 0; round < options.starts(); round++) {
      System.err.printf("starts, round %d of %d%n", round + 1, options.starts());
      sideBySide(Program.HELLO, round);
      sideBySide(Program.SPRING_BOOT, round);
    }
    Report report = new Report(workspace, conditions, results);
    Files.writeString(workspace.results(options.locks() ? "locks" : "overhead"), report.csv());
    System.out.print(report.markdown(jdks));
  }

  private void sideBySide(Program program, int round) throws IOException, InterruptedException {
    for (Jdk jdk : jdks) {
      for (Tool tool : inTurn(round)) {
        Results.Subject subject = new Results.Subject(jdk, program, tool);
        results.add(new Results.Figures(subject, round, measure(subject)));
      }
    }
  }

  /** So that no tool is always the first. */
  private static List<Tool> inTurn(int round) {
    List<Tool> tools = new ArrayList<>(List.of(Tool.values()));
    Collections.rotate(tools, -round);
    return tools;
  }

  private Map<Metric, Double> measure(Results.Subject subject)
      throws IOException, InterruptedException {
    ChildJvm jvm = new ChildJvm(workspace, options, subject);
    try {
      return subject.program().ends() ? Watch.hello(jvm) : Watch.load(jvm);
    } finally {
      jvm.kill();
    }
  }
}
