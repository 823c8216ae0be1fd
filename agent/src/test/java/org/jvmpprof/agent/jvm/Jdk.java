package org.jvmpprof.agent.jvm;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A JDK on this machine.
 *
 * @param feature e.g. 17
 */
public record Jdk(Path home, int feature) {
  /** The one that runs this test. */
  public static Jdk running() {
    return new Jdk(realPath(Path.of(System.getProperty("java.home"))), Runtime.version().feature());
  }

  /** Those that are installed beside the running one. The test is skipped when there are none. */
  public static List<Jdk> siblings() throws IOException {
    Jdk running = running();
    List<Jdk> siblings = all().filter(jdk -> !jdk.equals(running)).toList();
    assumeThat(siblings).as("JDKs beside %s", running.home()).isNotEmpty();
    return siblings;
  }

  /** The running one or those beside it, from that feature on, or the test is skipped. */
  public static List<Jdk> since(int feature) throws IOException {
    List<Jdk> found = all().filter(jdk -> jdk.feature() >= feature).toList();
    assumeThat(found).as("JDKs %d and later among %s", feature, all().toList()).isNotEmpty();
    return found;
  }

  private static Stream<Jdk> all() throws IOException {
    try (Stream<Path> homes = Files.list(running().home().resolveSibling(""))) {
      return homes
          .filter(home -> Files.exists(home.resolve("bin/java")))
          .filter(home -> Files.exists(home.resolve("release")))
          .map(Jdk::realPath)
          .distinct()
          .map(home -> new Jdk(home, feature(home)))
          .filter(jdk -> jdk.feature() >= 17)
          .toList()
          .stream();
    }
  }

  private static int feature(Path home) {
    Properties release = new Properties();
    try (BufferedReader in = Files.newBufferedReader(home.resolve("release"))) {
      release.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String version = release.getProperty("JAVA_VERSION", "\"0\"").replace("\"", "");
    return Runtime.Version.parse(version).feature();
  }

  private static Path realPath(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
