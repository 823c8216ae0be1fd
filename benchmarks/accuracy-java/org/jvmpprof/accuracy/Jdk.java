package org.jvmpprof.accuracy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * A JDK.
 *
 * @param home its directory
 * @param version its full version
 */
record Jdk(Path home, String version) {

  static Jdk at(String home) {
    Properties release = new Properties();
    try (var in = Files.newBufferedReader(Path.of(home, "release"))) {
      release.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Jdk(Path.of(home), release.getProperty("JAVA_VERSION").replace("\"", ""));
  }

  /** Whether JFR samples CPU time here. */
  boolean hasJfrCpuTime() {
    return Runtime.Version.parse(version).feature() >= 25;
  }

  Path java() {
    return home.resolve("bin").resolve("java");
  }
}
