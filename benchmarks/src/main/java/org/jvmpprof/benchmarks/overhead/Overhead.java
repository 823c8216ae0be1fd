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
    Measured measured = options.measured();
    for (int round = 0; round < options.rounds(); round++) {
      System.err.printf("loads, round %d of %d%n", round + 1, options.rounds());
      sideBySide(measured.loads(), round);
    }
    for (int round = 0; round < options.starts(); round++) {
      System.err.printf("starts, round %d of %d%n", round + 1, options.starts());
      sideBySide(measured.starts(), round);
    }
    Report report = new Report(workspace, measured.tools(), conditions, results);
    Files.writeString(workspace.results(measured.label()), report.csv());
    System.out.print(report.markdown(jdks));
  }

  private void sideBySide(List<Program> programs, int round)
      throws IOException, InterruptedException {
    for (Program program : programs) {
      sideBySide(program, round);
    }
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
  private List<Tool> inTurn(int round) {
    List<Tool> tools = new ArrayList<>(options.measured().tools());
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
