package org.jvmpprof.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The {@code java} of one JDK, for one test.
 *
 * @param jdk the JDK
 * @param directory where everything that the test's programs write is kept for the post-mortem;
 *     empty when the test starts
 */
record Java(Jdk jdk, Path directory) {
  /** Where profiles go unless a test says otherwise. */
  Path profiles() {
    return directory.resolve("profiles");
  }

  /** A program to run; the agent is not in it yet. */
  Program program(Class<?> main) {
    return new Program(this, main);
  }

  /** The {@code jvm-pprof} command with these arguments. */
  Program command(String... args) {
    return new Program(this, Path.of(System.getProperty("jvmpprof.test.commandJar"))).args(args);
  }

  static Java forTest(Jdk jdk, String testClass, String testMethod) {
    String test = testClass + "." + testMethod + "-" + jdk.version();
    Path directory = Path.of("target", "it-logs", test).toAbsolutePath();
    try {
      empty(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Java(jdk, directory);
  }

  private static void empty(Path directory) throws IOException {
    if (Files.exists(directory)) {
      List<Path> old;
      try (Stream<Path> tree = Files.walk(directory)) {
        old = tree.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path path : old) {
        Files.delete(path);
      }
    }
    Files.createDirectories(directory);
  }
}
