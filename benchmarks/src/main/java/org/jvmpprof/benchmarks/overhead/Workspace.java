package org.jvmpprof.benchmarks.overhead;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files that the comparison uses and writes.
 *
 * @param module the directory of the module {@code benchmarks}
 * @param agentJar jvm-pprof's jar
 */
record Workspace(Path module, Path agentJar) {
  private static final String AGENT_JAR_VARIABLE = "JVM_PPROF_AGENT_JAR";

  /** Finds the files from where this class was loaded; the environment may name another agent. */
  static Workspace find() throws URISyntaxException, IOException {
    Path classes =
        Path.of(Workspace.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path module = classes.resolve("../..").normalize();
    String named = System.getenv(AGENT_JAR_VARIABLE);
    Path jar =
        named == null ? module.resolve("../agent/target/jvm-pprof-agent.jar") : Path.of(named);
    if (!Files.isReadable(jar)) {
      throw new IOException("no agent at " + jar.normalize() + "; set " + AGENT_JAR_VARIABLE);
    }
    Workspace workspace = new Workspace(module, jar.toRealPath());
    workspace.extractLibrary();
    return workspace;
  }

  /** The class path of a program; the agent's classes on it would hide those in the jar. */
  String classPath(Program program) {
    Path target = module.resolve(program == Program.SPRING_BOOT ? "spring-boot/target" : "target");
    return target.resolve("classes") + ":" + target.resolve("lib") + "/*";
  }

  /** Where one child JVM writes, empty. */
  Path freshOutput() throws IOException {
    Path output = module.resolve("target/overhead/output");
    if (Files.exists(output)) {
      try (Stream<Path> old = Files.walk(output)) {
        for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    return Files.createDirectories(output);
  }

  /** The JVM options that put a program under a tool that writes to {@code output}. */
  List<String> jvmOptions(Tool tool, Program program, Path output) {
    return switch (tool) {
      case NONE -> List.of();
      case JVM_PPROF -> List.of("-javaagent:" + agentJar + "=dir=" + output);
      case WAITS -> List.of("-javaagent:" + agentJar + "=cpu=0,heap=0,dir=" + output);
      case ASYNC_PROFILER ->
          List.of(
              "-agentpath:"
                  + library()
                  + (program.contends() ? "=start,event=lock" : "=start,event=cpu,interval=10ms")
                  + ",jfr,file="
                  + output
                  + "/ap.jfr");
      case JFR ->
          List.of("-XX:StartFlightRecording:settings=profile,filename=" + output + "/jvm.jfr");
    };
  }

  /** Bytes that a tool adds to an installation. */
  long installedBytes(Tool tool) {
    return switch (tool) {
      case NONE, JFR -> 0;
      case JVM_PPROF, WAITS -> agentJar.toFile().length();
      case ASYNC_PROFILER -> library().toFile().length();
    };
  }

  /** Where the results go. */
  Path results(String name) throws IOException {
    return Files.createDirectories(module.resolve("results")).resolve(name + ".csv");
  }

  private Path library() {
    return module.resolve("target/overhead/libasyncProfiler.so");
  }

  private void extractLibrary() throws IOException {
    String machine = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x64";
    Files.createDirectories(library().getParent());
    try (FileSystem jar =
        FileSystems.newFileSystem(module.resolve("target/lib/async-profiler.jar"))) {
      Files.copy(
          jar.getPath("linux-" + machine, "libasyncProfiler.so"),
          library(),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
