package org.jvmpprof.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The JDKs at hand: the one that runs the tests, and those installed beside it. */
final class Jdks {
  /** Names the versions that must be there, e.g. {@code 17,25}. */
  static final String REQUIRED = "JVM_PPROF_REQUIRE_JDKS";

  private Jdks() {}

  /** A JDK of this feature version; the one that runs the tests comes first. */
  static Optional<Jdk> find(int version) {
    return besides(Path.of(System.getProperty("java.home"))).stream()
        .filter(jdk -> jdk.version() == version)
        .findFirst();
  }

  /** Whether the environment says that the tests must not do without this version. */
  static boolean isRequired(int version) {
    return isNamed(version, System.getenv(REQUIRED));
  }

  static boolean isNamed(int version, @Nullable String versions) {
    return versions != null
        && Arrays.stream(versions.split(",")).anyMatch(String.valueOf(version)::equals);
  }

  /** The JDK at {@code home}, then those in the same directory, each real path once. */
  static List<Jdk> besides(Path home) {
    try {
      Path own = home.toRealPath();
      try (Stream<Path> siblings = Files.list(own.resolveSibling("."))) {
        return Stream.concat(Stream.of(own), siblings.sorted().map(Jdks::realPath))
            .distinct()
            .flatMap(candidate -> read(candidate).stream())
            .toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path realPath(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path; // a dangling link: no release file in there
    }
  }

  private static Optional<Jdk> read(Path home) {
    Properties release = new Properties();
    try (InputStream in = Files.newInputStream(home.resolve("release"))) {
      release.load(in);
    } catch (IOException e) {
      return Optional.empty(); // not a JDK
    }
    return Optional.ofNullable(release.getProperty("JAVA_VERSION"))
        .map(version -> Runtime.Version.parse(version.replace("\"", "")))
        .map(version -> new Jdk(version.feature(), home));
  }
}
