package org.jvmpprof.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentJarTest {
  @TempDir private Path temporary;

  @Test
  void extract_first_isReadableByAllAndWritableByUs() throws IOException {
    Path jar = jar(1).extract();
    assertThat(jar).isAbsolute().hasBinaryContent(new byte[] {1});
    assertThat(permissions(jar)).isEqualTo("rw-r--r--");
    assertThat(permissions(jar.resolveSibling(""))).isEqualTo("rwxr-xr-x");
    assertOnly(jar);
  }

  @Test
  void extract_again_leavesTheFileAlone() throws IOException {
    Path first = jar(1).extract();
    Object inode = Files.getAttribute(first, "unix:ino");
    assertThat(jar(1).extract()).isEqualTo(first);
    assertThat(Files.getAttribute(first, "unix:ino")).isEqualTo(inode);
    assertOnly(first);
  }

  @Test
  void extract_otherContent_getsItsOwnFile() throws IOException {
    assertThat(jar(2).extract()).isNotEqualTo(jar(1).extract());
  }

  @Test
  void extract_damagedFile_isReplacedNotWrittenTo() throws IOException {
    Path jar = jar(1).extract();
    Path open = Files.createLink(temporary.resolve("as seen by a JVM"), jar);
    Files.write(jar, new byte[] {9});
    assertThat(jar(1).extract()).isEqualTo(jar).hasBinaryContent(new byte[] {1});
    assertThat(open).hasBinaryContent(new byte[] {9});
  }

  @Test
  void extract_linkInPlaceOfFile_isReplaced() throws IOException {
    Path jar = jar(1).extract();
    Path bait = Files.write(temporary.resolve("bait"), new byte[] {1});
    Files.delete(jar);
    Files.createSymbolicLink(jar, bait);
    assertThat(Files.isSymbolicLink(jar(1).extract())).isFalse();
  }

  @Test
  void extract_directoryWritableByOthers_isNotUsed() throws IOException {
    Path directory = jar(1).extract().resolveSibling("");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertElsewhere(directory);
  }

  @Test
  void extract_directoryOfAnotherUser_isNotUsed() throws IOException {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can give a file away");
    Path directory = jar(1).extract().resolveSibling("");
    Files.setOwner(
        directory,
        directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    assertElsewhere(directory);
  }

  @Test
  void extract_linkInPlaceOfDirectory_isNotUsed() throws IOException {
    Path directory = jar(1).extract().resolveSibling("");
    Path moved = Files.move(directory, temporary.resolve("moved"));
    Files.createSymbolicLink(directory, moved);
    assertElsewhere(directory);
  }

  @Test
  void extract_missingTemporaryDirectory_fails() {
    AgentJar jar =
        new AgentJar(() -> new ByteArrayInputStream(new byte[1]), temporary.resolve("no"));
    assertThatThrownBy(jar::extract).isInstanceOf(NoSuchFileException.class);
  }

  private AgentJar jar(int content) {
    return new AgentJar(() -> new ByteArrayInputStream(new byte[] {(byte) content}), temporary);
  }

  private void assertElsewhere(Path directory) throws IOException {
    Path jar = jar(1).extract();
    assertThat(jar.resolveSibling("")).isNotEqualTo(directory);
    assertThat(jar).hasBinaryContent(new byte[] {1});
    assertThat(permissions(jar.resolveSibling(""))).isEqualTo("rwxr-xr-x");
  }

  private void assertOnly(Path jar) throws IOException {
    try (Stream<Path> files = Files.walk(temporary)) {
      assertThat(files.filter(Files::isRegularFile)).containsExactly(jar);
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
