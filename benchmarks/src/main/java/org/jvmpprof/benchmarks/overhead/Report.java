package org.jvmpprof.benchmarks.overhead;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jvmpprof.benchmarks.overhead.Results.Figures;
import org.jvmpprof.benchmarks.overhead.Results.Subject;

/** The figures as a Markdown table for each JDK, and as CSV. */
final class Report {
  private static final double BYTES_PER_MEGABYTE = 1e6;

  private final Workspace workspace;
  private final List<Tool> tools;
  private final List<String> conditions;
  private final Results results;

  /**
   * Makes one.
   *
   * @param tools the columns
   * @param conditions when, where and how it was measured, one line each
   */
  Report(Workspace workspace, List<Tool> tools, List<String> conditions, Results results) {
    this.workspace = workspace;
    this.tools = tools;
    this.conditions = conditions;
    this.results = results;
  }

  String markdown(List<Jdk> jdks) {
    StringBuilder out = new StringBuilder();
    conditions.forEach(line -> out.append("- ").append(line).append('\n'));
    jdks.forEach(jdk -> table(out, jdk));
    return out.toString();
  }

  private void table(StringBuilder out, Jdk jdk) {
    out.append("\n### JDK ").append(jdk.version()).append("\n\n");
    row(out, "", Tool::label);
    row(out, "---", tool -> "---");
    for (Program program : Program.values()) {
      for (Metric metric : Metric.values()) {
        if (!results.of(new Subject(jdk, program, Tool.NONE), metric).isEmpty()) {
          String label = program.label() + ": " + metric.label();
          row(out, label, tool -> cell(new Subject(jdk, program, tool), metric));
        }
      }
    }
    row(out, "jar or library, MB", this::size);
  }

  private String cell(Subject subject, Metric metric) {
    List<Double> own = results.of(subject, metric);
    if (subject.tool() == Tool.NONE) {
      return metric.against() == Metric.Against.NOTHING ? "–" : Spread.of(own).text("%.0f");
    }
    Subject none = new Subject(subject.jdk(), subject.program(), Tool.NONE);
    Spread spread = Spread.against(metric.against(), results.of(none, metric), own);
    return switch (metric.against()) {
      case RATIO -> spread.text("%.3f");
      case DIFFERENCE -> spread.text("%+.0f");
      case NOTHING -> spread.text("%.2f");
    };
  }

  private String size(Tool tool) {
    double megabytes = workspace.installedBytes(tool) / BYTES_PER_MEGABYTE;
    return megabytes == 0 ? "–" : String.format(Locale.ROOT, "%.2f", megabytes);
  }

  private void row(StringBuilder out, String label, Function<Tool, String> cell) {
    out.append("| ").append(label).append(" | ");
    out.append(tools.stream().map(cell).collect(Collectors.joining(" | ")));
    out.append(" |\n");
  }

  String csv() {
    StringBuilder out = new StringBuilder();
    conditions.forEach(line -> out.append("# ").append(line).append('\n'));
    out.append("jdk,program,tool,metric,round,value\n");
    results.all().forEach(figures -> csvRows(out, figures));
    return out.toString();
  }

  private static void csvRows(StringBuilder out, Figures figures) {
    Subject subject = figures.subject();
    String start =
        String.join(
            ",", subject.jdk().version(), subject.program().label(), subject.tool().label());
    for (Metric metric : Metric.values()) {
      Double value = figures.values().get(metric);
      if (value != null) {
        String name = metric.name().toLowerCase(Locale.ROOT);
        out.append(
            String.format(Locale.ROOT, "%s,%s,%d,%.3f\n", start, name, figures.round(), value));
      }
    }
  }
}
