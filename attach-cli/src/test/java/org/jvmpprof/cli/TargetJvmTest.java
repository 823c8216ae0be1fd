package org.jvmpprof.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Both ways to attach, from the JVM that runs this to each JDK that is installed. */
class TargetJvmTest {
  private enum Way {
    JDK,
    SOCKET;

    TargetJvm attach(ChildProcess child, Duration patience) throws IOException {
      long pid = child.process().pid();
      return this == JDK
          ? JdkTargetJvm.attach(pid, patience)
          : SocketTargetJvm.attach(pid, patience);
    }
  }

  static Stream<Arguments> waysAndJdks() throws IOException {
    return ChildProcess.jdks()
        .flatMap(jdk -> Stream.of(Way.values()).map(way -> Arguments.of(way, jdk)));
  }

  @TempDir private Path directory;

  @ParameterizedTest
  @MethodSource("waysAndJdks")
  void load_standInAgent_setsProperties(Way way, Path jdk) throws Exception {
    Path agent = CommandRun.standInAgent(directory);
    try (ChildProcess child = ChildProcess.jvm(List.of(), jdk)) {
      TargetJvm jvm = way.attach(child, CommandRun.PATIENCE);
      JvmState before = JvmState.of(jvm.properties());
      jvm.load(agent, "a=ü,b=\n");
      assertThat(before.agentVersion()).isEmpty();
      assertThat(JvmState.of(jvm.properties()).agentVersion()).contains(StandInAgent.VERSION);
      assertThat(jvm.properties()).containsEntry("standin.options", "a=ü,b=\n");
      child.endsWell();
    }
  }

  @ParameterizedTest
  @MethodSource("waysAndJdks")
  void load_missingJar_fails(Way way, Path jdk) throws Exception {
    try (ChildProcess child = ChildProcess.jvm(List.of(), jdk)) {
      TargetJvm jvm = way.attach(child, CommandRun.PATIENCE);
      assertThatThrownBy(() -> jvm.load(directory.resolve("none.jar"), ""))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("not found");
      child.endsWell();
    }
  }

  @ParameterizedTest
  @MethodSource("waysAndJdks")
  void load_dynamicLoadingOff_passesOnWhatTheJvmSays(Way way, Path jdk) throws Exception {
    try (ChildProcess child = ChildProcess.jvm(List.of(), jdk, "-XX:-EnableDynamicAgentLoading")) {
      TargetJvm jvm = way.attach(child, CommandRun.PATIENCE);
      assertThatThrownBy(() -> jvm.load(directory, ""))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Dynamic agent loading is not enabled");
      child.endsWell();
    }
  }

  @ParameterizedTest
  @MethodSource("waysAndJdks")
  void attach_attachOff_failsAndRemovesItsTrigger(Way way, Path jdk) throws Exception {
    try (ChildProcess child =
        ChildProcess.jvm(List.of(), jdk, "-XX:+DisableAttachMechanism", "-XX:-UsePerfData")) {
      assertThatThrownBy(() -> way.attach(child, Duration.ofMillis(500)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("respond");
      assertThat(Path.of(".attach_pid" + child.pid())).doesNotExist();
      child.endsWell();
    }
  }

  @ParameterizedTest
  @MethodSource("waysAndJdks")
  void attach_attachOffAndSocketOfAnEarlierProcess_fails(Way way, Path jdk) throws Exception {
    try (ChildProcess child = ChildProcess.jvm(List.of(), jdk, "-XX:+DisableAttachMechanism")) {
      Path socket = Path.of("/tmp", ".java_pid" + child.pid());
      Files.deleteIfExists(socket);
      ServerSocketChannel.open(StandardProtocolFamily.UNIX)
          .bind(UnixDomainSocketAddress.of(socket))
          .close();
      assertThatThrownBy(() -> way.attach(child, CommandRun.PATIENCE))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("did not respond: nobody listens at")
          .hasMessageContaining(socket.toString());
      Files.delete(socket);
      child.endsWell();
    }
  }
}
