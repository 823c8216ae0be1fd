package org.jvmpprof.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the JVMs that can be attached to. */
@Command(
    name = "list",
    description = "Lists the JVMs of this user and whether the agent is in.",
    footer = {
      "",
      "AGENT is yes with the agent's version, no, or ? when the JVM does not answer in time."
    })
final class ListCommand implements Callable<Integer> {
  private static final int PARALLEL = 16;

  private final Supplier<List<JvmProcess>> processes;
  private final Duration patience;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  /**
   * Makes the command.
   *
   * @param processes the JVMs to show
   * @param patience how long each may take to answer
   */
  ListCommand(Supplier<List<JvmProcess>> processes, Duration patience) {
    this.processes = processes;
    this.patience = patience;
  }

  @Override
  public Integer call() throws InterruptedException, ExecutionException {
    PrintWriter out = spec.commandLine().getOut();
    List<Row> rows = ask(processes.get());
    if (rows.isEmpty()) {
      out.println("no JVM of this user found");
    } else {
      print(rows, out);
    }
    return 0;
  }

  private List<Row> ask(List<JvmProcess> jvms) throws InterruptedException, ExecutionException {
    ExecutorService executor = Executors.newFixedThreadPool(PARALLEL);
    try {
      List<Row> rows = new ArrayList<>();
      List<Callable<Row>> questions =
          jvms.stream().map(jvm -> (Callable<Row>) () -> ask(jvm)).toList();
      for (Future<Row> answer : executor.invokeAll(questions)) {
        rows.add(answer.get());
      }
      return rows;
    } finally {
      executor.shutdown();
    }
  }

  private Row ask(JvmProcess process) {
    try {
      process.requireAttachable();
      JvmState state =
          Patience.within(
              patience, () -> JvmState.of(TargetJvm.attach(process.pid(), patience).properties()));
      return new Row(
          process.pid(),
          state.mainClass(),
          state.agentVersion().map(version -> "yes " + version).orElse("no"));
    } catch (CommandFailedException | IOException | TimeoutException e) {
      return new Row(process.pid(), process.mainClass(), "?");
    }
  }

  private static void print(List<Row> rows, PrintWriter out) {
    int widest = rows.stream().mapToInt(row -> row.mainClass.length()).max().orElse(0);
    String format = "%8s  %-" + Math.max(widest, "MAIN CLASS".length()) + "s  %s%n";
    out.printf(format, "PID", "MAIN CLASS", "AGENT");
    rows.forEach(row -> out.printf(format, row.pid, row.mainClass, row.agent));
  }

  private record Row(long pid, String mainClass, String agent) {}
}
