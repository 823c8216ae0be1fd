package org.jvmpprof.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Attaching to JVMs of other users and of other file systems. */
class AttachAcrossBordersTest {
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups");

  @TempDir private Path directory;
  private Path agent;

  @BeforeEach
  void buildAgent() throws IOException {
    agent = CommandRun.standInAgent(directory);
  }

  @Test
  void attach_rootToOtherUser_loadsAgent() throws Exception {
    assumeRoot();
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path jdk = Path.of(System.getProperty("java.home"));
    try (ChildProcess child = ChildProcess.jvm(AS_NOBODY, jdk)) {
      CommandRun run = CommandRun.attach(agent, child.pid());
      assertThat(run.err()).isEmpty();
      assertThat(run.out()).startsWith("attached jvm-pprof");
    }
  }

  @Test
  void attach_otherUserToRoot_namesTheOwner() throws Exception {
    assumeRoot();
    try (ChildProcess child = ChildProcess.jvm()) {
      assertThat(attachAsNobody(child.pid()))
          .isEqualTo(
              "jvm-pprof: process %s belongs to user root: run this command as that user or as root\n"
                  .formatted(child.pid()));
      child.endsWell();
    }
  }

  @Test
  void attach_jvmWithItsOwnTmp_saysHowToReachIt() throws Exception {
    String mount = "mount -t tmpfs none /tmp";
    try (ChildProcess probe = ChildProcess.of("unshare", "-m", "sh", "-c", mount)) {
      assumeTrue(probe.process().waitFor() == 0, "must be allowed to mount");
    }
    List<String> ownTmp = List.of("unshare", "-m", "sh", "-c", mount + " && exec \"$@\"", "sh");
    Path jdk = Path.of(System.getProperty("java.home"));
    try (ChildProcess child = ChildProcess.jvm(ownTmp, jdk)) {
      CommandRun run = CommandRun.attach(agent, child.pid());
      assertThat(run.err())
          .startsWith("jvm-pprof: process %s does not see /".formatted(child.pid()))
          .hasLineCount(1);
      child.endsWell();
    }
  }

  private static void assumeRoot() {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can act as another user");
  }

  /** Runs the command from a copy that everyone can read, and returns what it printed. */
  private String attachAsNobody(String pid) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path picocli = Files.copy(jarOf(CommandLine.class), directory.resolve("picocli.jar"));
    Path classes = jarOf(Main.class);
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.toList()) {
        Files.copy(file, directory.resolve("classes").resolve(classes.relativize(file)));
      }
    }
    List<String> command = new ArrayList<>(AS_NOBODY);
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(List.of("-cp", picocli + ":" + directory.resolve("classes")));
    command.addAll(List.of(Main.class.getName(), "attach", pid));
    try (ChildProcess child = ChildProcess.of(command.toArray(String[]::new))) {
      return new String(child.process().getInputStream().readAllBytes(), UTF_8);
    }
  }

  private static Path jarOf(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
  }
}
