package org.jvmpprof.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import picocli.CommandLine;

/** What the command printed, and its exit code. */
record CommandRun(int exitCode, String out, String err) {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Runs the command with an agent jar, on the given JVMs as far as {@code list} goes. */
  static CommandRun of(Path agentJar, List<JvmProcess> jvms, Duration patience, String... args) {
    AgentJar jar = new AgentJar(() -> Files.newInputStream(agentJar), agentJar.resolveSibling(""));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        Main.commandLine(
                new AttachCommand(jar, patience),
                new ListCommand(() -> jvms, patience),
                new StatusCommand(patience))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    return new CommandRun(command.execute(args), out.toString(), err.toString());
  }

  static CommandRun attach(Path agentJar, String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "attach";
    System.arraycopy(args, 0, all, 1, args.length);
    return of(agentJar, List.of(), PATIENCE, all);
  }

  static CommandRun list(ChildProcess... jvms) {
    List<JvmProcess> processes = List.of(jvms).stream().map(ChildProcess::asJvm).toList();
    return of(Path.of("none"), processes, PATIENCE, "list");
  }

  /** Builds an agent that keeps the agent's promises to the command and does nothing else. */
  static Path standInAgent(Path directory) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Agent-Class", StandInAgent.class.getName());
    Path jar = directory.resolve("stand-in.jar");
    String entry = StandInAgent.class.getName().replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      out.putNextEntry(new JarEntry(entry));
      Files.copy(Path.of("target/test-classes", entry), out);
    }
    return jar;
  }
}
