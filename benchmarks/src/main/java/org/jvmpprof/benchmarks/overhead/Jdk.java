package org.jvmpprof.benchmarks.overhead;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A JDK to compare on.
 *
 * @param feature the feature version, e.g. 17
 * @param version the whole version, e.g. 17.0.15
 * @param home its java.home
 */
record Jdk(int feature, String version, Path home) {
  private static final Set<Integer> MEASURED = Set.of(17, 25);
  private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"((\\d+)[^\"]*)\"");

  /** One JDK of each measured version, beside the one that runs this. */
  static List<Jdk> installed() throws IOException {
    Path parent = Path.of(System.getProperty("java.home")).toRealPath().resolveSibling(".");
    Set<Integer> seen = new HashSet<>();
    try (Stream<Path> homes = Files.list(parent.normalize())) {
      return homes
          .sorted()
          .flatMap(Jdk::read)
          .filter(jdk -> MEASURED.contains(jdk.feature) && seen.add(jdk.feature))
          .sorted(Comparator.comparingInt(Jdk::feature))
          .toList();
    }
  }

  private static Stream<Jdk> read(Path home) {
    try {
      Matcher found = VERSION.matcher(Files.readString(home.resolve("release")));
      return found.find() && Files.isExecutable(home.resolve("bin/java"))
          ? Stream.of(new Jdk(Integer.parseInt(found.group(2)), found.group(1), home))
          : Stream.empty();
    } catch (IOException e) {
      return Stream.empty(); // not the home of a JDK
    }
  }

  /** Its {@code java} command. */
  Path java() {
    return home.resolve("bin/java");
  }
}
