package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdksTest {
  @TempDir Path directory;

  @Test
  void besides_linksAndOtherDirectories_yieldsEachJdkOnceAndOwnFirst() throws IOException {
    Path seventeen = jdk("b-17", "17.0.15");
    Path twentyFive = jdk("a-25", "25");
    Files.createSymbolicLink(directory.resolve("default"), seventeen);
    Files.createSymbolicLink(directory.resolve("dangling"), directory.resolve("gone"));
    Files.createDirectory(directory.resolve("docs"));

    assertThat(Jdks.besides(directory.resolve("default")))
        .containsExactly(new Jdk(17, seventeen), new Jdk(25, twentyFive));
  }

  @Test
  void find_versionOfRunningJvm_isRunningJvm() throws IOException {
    int version = Runtime.version().feature();

    assertThat(Jdks.find(version))
        .contains(new Jdk(version, Path.of(System.getProperty("java.home")).toRealPath()));
  }

  @Test
  void isNamed_listOfVersions_matchesWholeVersions() {
    assertThat(Jdks.isNamed(25, "17,25")).isTrue();
    assertThat(Jdks.isNamed(7, "17,25")).isFalse();
    assertThat(Jdks.isNamed(17, null)).isFalse();
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = Files.createDirectory(directory.toRealPath().resolve(name));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }
}
