package org.jvmpprof.agent.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;

/** Runs a class with a premain and a main in a JVM of its own, from a jar made for it. */
public final class ChildJvm {
  private static final List<String> IN_JAVA_LANG =
      List.of(
          "Contention",
          "Event",
          "Events",
          "Hook",
          "Locks",
          "Memory",
          "NativeAccess",
          "Rates",
          "Start",
          "Threads",
          "Wait",
          "Waiters");

  private ChildJvm() {}

  /** Runs it to its end and returns all lines it printed, to either stream. */
  public static List<String> run(Jdk jdk, Path scratch, Class<?> agent, String... jvmOptions)
      throws Exception {
    Path jar = jar(scratch.resolve("agent.jar"), agent);
    List<String> command = new ArrayList<>();
    command.add(jdk.home().resolve("bin/java").toString());
    command.addAll(List.of(jvmOptions));
    command.add("-javaagent:" + jar);
    command.addAll(List.of("-cp", jar.toString(), agent.getName()));
    Path output = scratch.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.endsWith("JAVA_OPTIONS"));
    Process process = builder.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ends", command).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    return Files.readAllLines(output);
  }

  /** As it is packaged: the agent's classes with the test's, and those of package java.lang. */
  private static Path jar(Path jar, Class<?> agent) throws Exception {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), agent.getName());
    manifest.getMainAttributes().put(new Attributes.Name("Can-Retransform-Classes"), "true");
    URL byteBuddy = ClassReader.class.getProtectionDomain().getCodeSource().getLocation();
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, byteBuddy.toString());
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      addFiles(out, classes(JavaBase.class), "");
      addFiles(out, classes(agent), agent.getPackageName().replace('.', '/'));
      for (String name : IN_JAVA_LANG) {
        add(out, "java/lang/JvmPprof" + name + ".class");
      }
    }
    return jar;
  }

  private static Path classes(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static void addFiles(JarOutputStream out, Path classes, String below) throws Exception {
    try (Stream<Path> files = Files.walk(classes.resolve(below))) {
      for (Path path : files.filter(Files::isRegularFile).toList()) {
        add(out, classes.relativize(path).toString().replace('\\', '/'));
      }
    }
  }

  private static void add(JarOutputStream out, String name) throws IOException {
    try (InputStream in = ChildJvm.class.getResourceAsStream('/' + name)) {
      assertThat(in).as(name).isNotNull();
      out.putNextEntry(new JarEntry(name));
      in.transferTo(out);
    }
  }
}
