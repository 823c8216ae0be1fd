package org.jvmpprof.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Loads the agent into a running JVM. */
@Command(
    name = "attach",
    description = "Starts profiling in a running JVM.",
    footer = {
      "",
      "A JVM that is profiled already is left as it is.",
      "A relative dir= is taken from the working directory of that JVM, not from here.",
      "",
      "Example: jvm-pprof attach 4711 dir=/var/tmp/pprof,cpu=100"
    })
final class AttachCommand implements Callable<Integer> {
  private static final int OLDEST_JAVA = 17;

  /** HotSpot's first attach protocol takes 1024 bytes, with the path of the agent. */
  private static final int LONG_OPTIONS = 900;

  private final AgentJar agentJar;
  private final Duration patience;

  @Parameters(index = "0", paramLabel = "PID", description = "Process id, see jvm-pprof list.")
  @SuppressWarnings("NullAway.Init")
  private String pid;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "KEY=VALUE",
      description =
          "Options of the agent, passed on as they are: key=value,key=value or one by one.")
  private List<String> options = List.of();

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  /**
   * Makes the command.
   *
   * @param patience how long the target may take for each answer
   */
  AttachCommand(AgentJar agentJar, Duration patience) {
    this.agentJar = agentJar;
    this.patience = patience;
  }

  @Override
  public Integer call() throws CommandFailedException {
    Conversation target = Conversation.with(pid, patience);
    JvmState before = target.state();
    if (before.agentVersion().isPresent()) {
      print("already profiled by jvm-pprof " + before.agentVersion().get() + ": nothing changed");
      return 0;
    }
    requireJava(before);
    load(target);
    report(target.state());
    return 0;
  }

  private void requireJava(JvmState state) throws CommandFailedException {
    if (state.javaVersion() < OLDEST_JAVA) {
      throw new CommandFailedException(
          "JVM %s runs Java %d: the agent needs Java %d or later"
              .formatted(pid, state.javaVersion(), OLDEST_JAVA));
    }
  }

  private void load(Conversation target) throws CommandFailedException {
    String given = String.join(",", options);
    try {
      Path jar = agentJar.extract();
      target.process().requireSight(jar);
      Patience.within(
          patience,
          () -> {
            target.jvm().load(jar, given);
            return true;
          });
    } catch (TimeoutException e) {
      throw new CommandFailedException(
          "JVM %s has not started the agent in time; it may still do so".formatted(pid), e);
    } catch (IOException e) {
      throw new CommandFailedException(loadFailure(String.valueOf(e.getMessage()), given), e);
    }
  }

  private String loadFailure(String message, String given) {
    if (message.contains("Dynamic agent loading is not enabled")) {
      return "JVM %s runs with -XX:-EnableDynamicAgentLoading: %s"
          .formatted(pid, JvmProcess.INSTEAD);
    }
    if (given.length() > LONG_OPTIONS) {
      return "JVM %s refuses options of %d characters: a JVM may take no more than %d"
          .formatted(pid, given.length(), LONG_OPTIONS);
    }
    return "the agent cannot be loaded into JVM %s: %s".formatted(pid, message);
  }

  private void report(JvmState state) throws CommandFailedException {
    if (state.agentVersion().isEmpty()) {
      throw new CommandFailedException(
          "the agent did not start in JVM %s: see that JVM's standard error".formatted(pid));
    }
    print(
        "attached jvm-pprof %s to %s (%s)"
            .formatted(state.agentVersion().get(), pid, state.mainClass()));
    state.directory().ifPresent(directory -> print("profiles go to " + directory));
    state.http().ifPresent(url -> print("profiles are at " + url));
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
  }
}
