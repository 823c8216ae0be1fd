package org.jvmpprof.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A command line for a child JVM. Its class path holds nothing but the test programs, so that no
 * library is there by accident.
 */
final class Program {
  private final Java java;
  private final String name;
  private final List<String> flags = new ArrayList<>();
  private final List<String> classPath = new ArrayList<>();
  private final List<String> target = new ArrayList<>();
  private Path profiles;

  Program(Java java, Class<?> main) {
    this.java = java;
    this.name = main.getSimpleName();
    this.profiles = java.profiles();
    this.classPath.add(whereIs(main).toString());
    this.target.add(main.getName());
  }

  Program(Java java, Path jar) {
    this.java = java;
    this.name = jar.getFileName().toString();
    this.profiles = java.profiles();
    this.target.addAll(List.of("-jar", jar.toString()));
  }

  /** With the agent, its profiles going to {@link Java#profiles()}, and these other options. */
  Program agent(String... options) {
    return agent(java.profiles(), options);
  }

  /** As {@link #agent(String...)}, with another directory for the profiles. */
  Program agent(Path directory, String... options) {
    profiles = directory;
    List<String> all = new ArrayList<>(List.of("dir=" + directory));
    all.addAll(Arrays.asList(options));
    return agentArgument(String.join(",", all));
  }

  /** With the agent and exactly this argument. */
  Program agentArgument(String argument) {
    return flags("-javaagent:" + System.getProperty("jvmpprof.test.agentJar") + "=" + argument);
  }

  /** With another agent, from the jar of this class, and its argument. */
  Program otherAgent(Class<?> ofJar, String argument) {
    return flags("-javaagent:" + whereIs(ofJar) + "=" + argument);
  }

  /** With these JVM flags. */
  Program flags(String... more) {
    flags.addAll(Arrays.asList(more));
    return this;
  }

  /** With these arguments to the program itself. */
  Program args(String... args) {
    target.addAll(Arrays.asList(args));
    return this;
  }

  /** With the jar of the Java API on the class path. */
  Program api() {
    classPath.add(System.getProperty("jvmpprof.test.apiJar"));
    return this;
  }

  /** With the jar of this class on the class path. */
  Program library(Class<?> ofLibrary) {
    classPath.add(whereIs(ofLibrary).toString());
    return this;
  }

  /** Starts the program. */
  ChildJvm start() {
    try {
      Path out = Files.createTempFile(java.directory(), name + "-", ".out");
      Path err = Path.of(out.toString().replaceFirst("out$", "err"));
      ProcessBuilder builder = new ProcessBuilder(commandLine());
      builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
      builder.environment().keySet().removeIf(key -> key.startsWith("JVM_PPROF"));
      builder.directory(java.directory().toFile());
      builder.redirectOutput(out.toFile()).redirectError(err.toFile());
      return new ChildJvm(name, builder.start(), out, err, profiles);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs the program to its end, which must be a good one. */
  ChildJvm run() {
    ChildJvm child = start();
    child.awaitExit(0);
    return child;
  }

  private List<String> commandLine() {
    List<String> command = new ArrayList<>(List.of(java.jdk().command("java").toString()));
    command.addAll(flags);
    if (!classPath.isEmpty()) {
      command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath)));
    }
    command.addAll(target);
    return command;
  }

  private static Path whereIs(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
