package org.jvmpprof.accuracy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The cumulative shares of a program's phases beside what the thread's own CPU clock says of them,
 * for the default engine and the timer. The program prints {@code phase.<method>=nanos}, and calls
 * each phase under {@code measured}.
 */
final class PhaseTable {
  private static final String PROGRAMS = "org.jvmpprof.it.programs.";

  private final Setup setup;
  private final Jdk jdk;
  private final String program;

  private PhaseTable(Setup setup, Jdk jdk, String program) {
    this.setup = setup;
    this.jdk = jdk;
    this.program = program;
  }

  /** Phases of Java code. */
  static void printPhases(Setup setup) throws IOException, InterruptedException {
    for (Jdk jdk : setup.jdks()) {
      Markdown.title("Phases on JDK " + jdk.version());
      String nanos = setup.seconds() + "000000000";
      PhaseTable table = new PhaseTable(setup, jdk, PROGRAMS + "PhasesProgram");
      table.print(List.of(table.program, nanos), Map.of());
    }
  }

  /** Phases whose time is spent outside of Java, and the method that causes it. */
  static void printCauses(Setup setup) throws IOException, InterruptedException {
    Map<String, String> causes = new LinkedHashMap<>();
    causes.put("exceptions", "java.lang.Throwable.fillInStackTrace");
    causes.put("instances", "sun.misc.Unsafe.allocateInstance");
    causes.put("inflation", "java.util.zip.Inflater.inflate");
    causes.put("reads", "java.io.RandomAccessFile.read");
    for (Jdk jdk : setup.jdks()) {
      Markdown.title("Native and VM time on JDK " + jdk.version());
      PhaseTable table = new PhaseTable(setup, jdk, CausesProgram.class.getName());
      table.print(
          List.of(
              "-XX:+UnlockDiagnosticVMOptions",
              "-XX:DisableIntrinsic=_allocateInstance",
              table.program,
              String.valueOf(setup.seconds())),
          causes);
    }
  }

  private void print(List<String> command, Map<String, String> causes)
      throws IOException, InterruptedException {
    Map<String, Run> runs = run(command);
    Markdown.head(head(runs.keySet(), !causes.isEmpty()));
    for (String phase : runs.get("auto").values().keySet().stream().sorted().toList()) {
      String method = phase.replaceFirst("phase\\.", "");
      List<String> cells = new ArrayList<>(List.of(Markdown.code(method)));
      cells.add(Markdown.percent(truth(runs.get("auto"), phase)));
      runs.values()
          .forEach(run -> cells.addAll(cells(run, phase, causes.getOrDefault(method, ""))));
      Markdown.row(cells);
    }
    Markdown.text(
        runs.entrySet().stream()
            .map(run -> run.getKey() + " " + Markdown.percent(lost(run.getValue())) + " %")
            .collect(Collectors.joining(", ", "CPU time of which no sample was had: ", ".")));
  }

  private Map<String, Run> run(List<String> command) throws IOException, InterruptedException {
    String name = program.substring(program.lastIndexOf('.') + 1);
    List<String> engines =
        jdk.hasJfrCpuTime() ? List.of("auto", "jfr", "timer") : List.of("auto", "timer");
    Map<String, Run> runs = new LinkedHashMap<>();
    for (String engine : engines) {
      String options = ",cpu-engine=" + engine;
      runs.put(engine, Run.agent(setup, jdk, name + "-" + engine, options, command));
    }
    return runs;
  }

  private static List<String> head(Set<String> engines, boolean withCauses) {
    List<String> cells = new ArrayList<>(List.of("phase, share in %", "CPU clock"));
    for (String engine : engines) {
      cells.addAll(List.of(engine, "off by"));
      if (withCauses) {
        cells.add("of it at the cause");
      }
    }
    return cells;
  }

  /** The CPU clock goes by each run's own. */
  private List<String> cells(Run run, String phase, String cause) {
    Samples measured = run.samples().under(program + ".measured");
    String method = program + phase.replaceFirst("phase", "");
    double share = measured.share(stack -> stack.has(method::equals));
    List<String> cells = new ArrayList<>();
    Stream.of(share, share - truth(run, phase)).map(Markdown::percent).forEach(cells::add);
    if (!cause.isEmpty()) {
      double caused = measured.under(method).share(stack -> stack.has(cause::equals));
      cells.add(Markdown.percent(caused));
    }
    return cells;
  }

  private static double truth(Run run, String phase) {
    double allNanos = run.values().values().stream().mapToLong(Long::longValue).sum();
    return run.values().get(phase) / allNanos;
  }

  private static double lost(Run run) {
    return run.samples().share(stack -> stack.has("jvmpprof.lostProfileEvent"::equals));
  }
}
