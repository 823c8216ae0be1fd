package org.jvmpprof.agent.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvmpprof.agent.profile.ProfileType;

class AccessTest {
  private final FakeProfiler profiler = new FakeProfiler().with(ProfileType.HEAP);

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:80", "127.0.0.1:6060", "127.1.2.3", "[::1]:6060"})
  void loopback_loopbackName_isServed(String host) throws Exception {
    assertThat(status("http=0", "Host: " + host)).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example",
        "Host: localhost.evil.example",
        "Host: 127.0.0.1.evil.example:6060",
        "Host: 192.168.1.1",
        "Host:",
        "X: y"
      })
  void loopback_otherName_isForbidden(String header) throws Exception {
    assertThat(status("http=0", header)).isEqualTo(403);
  }

  @Test
  void token_right_isServed(@TempDir Path dir) throws Exception {
    String options = "http=0,token-file=" + token(dir, "s3cret\n");
    assertThat(status(options, "Host: localhost\r\nAuthorization: Bearer s3cret")).isEqualTo(200);
    assertThat(status(options, "Host: localhost\r\nauthorization: bearer s3cret")).isEqualTo(200);
    assertThat(status(options, "Host: localhost\r\nAuthorization: Basic " + basic("me:s3cret")))
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X: y",
        "Authorization: Bearer wrong",
        "Authorization: Bearer s3cre",
        "Authorization: Bearer s3cret2",
        "Authorization: Bearer",
        "Authorization: s3cret",
        "Authorization: Digest s3cret",
        "Authorization: Basic s3cret",
        "Authorization: Basic czNjcmV0Og=="
      })
  void token_wrong_isUnauthorized(String header, @TempDir Path dir) throws Exception {
    try (RunningServer server =
        new RunningServer(profiler, "http=0,token-file=" + token(dir, "s3cret"))) {
      Answer answer = server.send(request("Host: localhost\r\n" + header));
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
      assertThat(answer.text()).isEqualTo("Unauthorized\n");
    }
  }

  @Test
  void notLoopback_noToken_isNotOpened() {
    assertNotOpened("http=0.0.0.0:0", "needs a token-file");
  }

  @Test
  void notLoopback_token_isServedUnderAnyName(@TempDir Path dir) throws Exception {
    String options = "http=0.0.0.0:0,token-file=" + token(dir, "t");
    assertThat(status(options, "Host: pod-7.example\r\nAuthorization: Bearer t")).isEqualTo(200);
    assertThat(status(options, "Host: localhost")).isEqualTo(401);
  }

  @Test
  void tokenFile_missingOrEmpty_isNotOpened(@TempDir Path dir) throws Exception {
    assertNotOpened("http=0,token-file=" + dir.resolve("none"), "cannot read token-file");
    assertNotOpened("http=0,token-file=" + token(dir, " \n"), "is empty");
  }

  @Test
  void port_inUse_isOneLineThatNamesIt() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertNotOpened(
          "http=" + other.getLocalPort(),
          "127.0.0.1:" + other.getLocalPort() + ": Address already");
    }
  }

  @Test
  void host_unknown_isNotOpened() {
    assertNotOpened("http=no-such-host.invalid:0", "no-such-host.invalid");
  }

  @Test
  void port_free_isPrinted() {
    try (RunningServer server = new RunningServer(profiler)) {
      assertThat(server.port()).isPositive();
      assertThat(server.log())
          .isEqualTo("jvm-pprof: profiles at http://%s/debug/pprof/%n".formatted(server.address()));
    }
  }

  private void assertNotOpened(String options, String why) {
    try (RunningServer server = new RunningServer(profiler, options)) {
      assertThat(server.isOpen()).isFalse();
      assertThat(server.log().lines()).singleElement().asString().contains(": not opened: ", why);
    }
  }

  private int status(String options, String headers) throws Exception {
    try (RunningServer server = new RunningServer(profiler, options)) {
      return server.send(request(headers)).status();
    }
  }

  private static String request(String headers) {
    return "GET /debug/pprof/heap HTTP/1.1\r\n" + headers + "\r\n\r\n";
  }

  private static Path token(Path dir, String content) throws Exception {
    return Files.writeString(dir.resolve("token"), content);
  }

  private static String basic(String pair) {
    return Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }
}
