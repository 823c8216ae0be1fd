package org.jvmpprof.cli;

import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line: {@code jvm-pprof attach}, {@code list}, {@code status} and {@code top}. */
@Command(
    name = "jvm-pprof",
    mixinStandardHelpOptions = true,
    versionProvider = Main.ManifestVersion.class,
    scope = ScopeType.INHERIT,
    description = "Profiles a running JVM the way Go's pprof profiles a Go program.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:it could not be done; one line on standard error says why",
      "2:the command line is wrong"
    })
public final class Main implements Runnable {
  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of an error as well.")
  private boolean verbose;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  private Main() {}

  /** Runs the command and exits with its code. */
  public static void main(String... args) {
    AttachCommand attach = new AttachCommand(AgentJar.carried(), Duration.ofSeconds(12));
    ListCommand list = new ListCommand(JvmProcess::ofThisUser, Duration.ofSeconds(2));
    StatusCommand status = new StatusCommand(Duration.ofSeconds(12));
    // Exits although a thread may still wait for a JVM that does not answer.
    System.exit(commandLine(attach, list, status, new TopCommand()).execute(args));
  }

  static CommandLine commandLine(Object... subcommands) {
    Main main = new Main();
    CommandLine commandLine = new CommandLine(main);
    for (Object subcommand : subcommands) {
      commandLine.addSubcommand(subcommand);
    }
    commandLine.addSubcommand(new HelpCommand());
    // An option string goes to the agent as it is, also when it looks like picocli's @file.
    return commandLine
        .setExpandAtFiles(false)
        .setExecutionExceptionHandler((failure, command, parsed) -> main.fail(failure, command));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Missing command: attach, list, status, top or help");
  }

  private int fail(Exception failure, CommandLine command) {
    String line =
        failure instanceof CommandFailedException ? failure.getMessage() : failure.toString();
    command.getErr().println("jvm-pprof: " + line);
    if (verbose) {
      failure.printStackTrace(command.getErr());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** The version that the build wrote into the jar's manifest. */
  static final class ManifestVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"jvm-pprof " + (version == null ? "development" : version)};
    }
  }
}
