package org.jvmpprof.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says how a JVM is profiled. */
@Command(
    name = "status",
    description = "Says whether and how a JVM is profiled: where to, and what the engine sees.")
final class StatusCommand implements Callable<Integer> {
  private final Duration patience;

  @Parameters(index = "0", paramLabel = "PID", description = "Process id, see jvm-pprof list.")
  @SuppressWarnings("NullAway.Init")
  private String pid;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  /**
   * Makes the command.
   *
   * @param patience how long the target may take for each answer
   */
  StatusCommand(Duration patience) {
    this.patience = patience;
  }

  @Override
  public Integer call() throws CommandFailedException {
    JvmState state = Conversation.with(pid, patience).state();
    PrintWriter out = spec.commandLine().getOut();
    out.println("main class  " + state.mainClass());
    out.println("agent       " + state.agentVersion().orElse("no"));
    state.directory().ifPresent(directory -> out.println("profiles    " + directory));
    state.http().ifPresent(url -> out.println("http        " + url));
    state.cpu().ifPresent(cpu -> out.println("cpu         " + cpu));
    state.contention().ifPresent(contention -> out.println("contention  " + contention));
    state.heap().ifPresent(heap -> out.println("heap        " + heap));
    return 0;
  }
}
