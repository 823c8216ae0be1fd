package org.jvmpprof.agent.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvmpprof.agent.control.TraceRecorder;
import org.jvmpprof.agent.profile.ProfileType;

/** Clients that are many, slow, gone, or do not speak HTTP. */
class ClientsTest {
  private static final String PROFILE =
      "GET /debug/pprof/profile?seconds=600 HTTP/1.1\r\nHost: localhost\r\n\r\n";

  private static final String TRACE =
      "GET /debug/pprof/trace?seconds=0.001 HTTP/1.1\r\nHost: localhost\r\n\r\n";

  private final FakeProfiler profiler = new FakeProfiler().with(ProfileType.HEAP);
  private final RunningServer server = new RunningServer(profiler);
  private final List<Socket> sockets = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (Socket socket : sockets) {
      socket.close();
    }
    server.close();
  }

  @Test
  void profile_clientGoes_endsItsCollectionOnly() throws Exception {
    Socket goes = open(PROFILE);
    open(PROFILE);
    awaitCollections(2);
    goes.close();
    awaitCollections(1);
  }

  @Test
  void profile_clientSendsMore_goesOn() throws Exception {
    Socket socket = open(PROFILE.replace("600", "1"));
    awaitCollections(1);
    socket.getOutputStream().write(new byte[1000]);
    assertThat(Answer.read(socket.getInputStream()).status()).isEqualTo(200);
  }

  @Test
  void requests_moreThan32AtATime_areUnavailable() throws Exception {
    for (int i = 0; i < 32; i++) {
      open(PROFILE);
    }
    awaitCollections(32);
    Answer answer = server.get("heap");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("X-Go-Pprof")).isEqualTo("1");
    sockets.get(0).close();
    await().until(() -> server.get("heap").status() == 200);
  }

  @Test
  void connections_thatSendNothing_keepNobodyOut() throws Exception {
    for (int i = 0; i < 400; i++) {
      open("GET /debug");
    }
    assertThat(server.get("heap").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "profile?seconds=9223372036854775807",
        "heap?seconds=9223372036854775807",
        "trace?seconds=1e300"
      })
  void seconds_tooManyToCount_lastAsLongAsTheClient(String path) throws Exception {
    Socket socket = open("GET /debug/pprof/" + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    socket.setSoTimeout(300);
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    assertThat(server.log()).doesNotContain("failed");
  }

  /** More than places, of answers that no buffer of the system swallows. */
  @Test
  void answers_thatNobodyTakes_keepNobodyOutAndAreBounded() throws Exception {
    AtomicInteger closed = new AtomicInteger();
    try (RunningServer tracing = new RunningServer(profiler, () -> new Endless(closed), "http=0")) {
      for (int i = 0; i < 40; i++) {
        Socket socket = tracing.connect();
        sockets.add(socket);
        socket.getOutputStream().write(TRACE.getBytes(UTF_8));
        assertThat(socket.getInputStream().readNBytes(12)).asString(UTF_8).endsWith("200");
      }
      await().until(() -> closed.get() == 8);
      assertThat(tracing.get("heap").status()).isEqualTo(200);
    }
    await().until(() -> closed.get() == 40);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nonsense | 400
          GET / | 400
          GET / FTP/1.1 | 400
          GET  / HTTP/1.1 | 400
          GET /debug/pprof/%zz HTTP/1.1 | 400
          PRI * HTTP/2.0 | 505
          OPTIONS * HTTP/1.1 | 405
          GET http://localhost/debug/pprof/heap HTTP/1.1 | 200
          GET /debug/pprof/heap HTTP/1.0 | 200
          """)
  void request_ofThisLine_isAnswered(String line, int status) throws Exception {
    assertThat(server.send(line + "\r\nHost: localhost\r\n\r\n").status()).isEqualTo(status);
  }

  @Test
  void request_headTooLarge_isRefused() throws Exception {
    String request = "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(16 << 10) + "\r\n\r\n";
    assertThat(server.send(request).status()).isEqualTo(431);
  }

  @Test
  void request_headerWithoutColon_isRefused() throws Exception {
    assertThat(server.send("GET / HTTP/1.1\r\nnonsense\r\n\r\n").status()).isEqualTo(400);
  }

  @Test
  void request_bareLineFeeds_areLineEnds() throws Exception {
    assertThat(server.send("GET /debug/pprof/heap HTTP/1.1\nHost: localhost\n\n").status())
        .isEqualTo(200);
  }

  @Test
  void close_clientsWaiting_endsTheirs() throws Exception {
    Socket socket = open(PROFILE);
    awaitCollections(1);
    server.close();
    awaitCollections(0);
    assertThat(catchThrowable(() -> Answer.read(socket.getInputStream())))
        .isInstanceOf(IOException.class);
  }

  private Socket open(String send) throws Exception {
    Socket socket = server.connect();
    sockets.add(socket);
    socket.getOutputStream().write(send.getBytes(UTF_8));
    return socket;
  }

  private void awaitCollections(int count) {
    await().until(() -> profiler.openCollections.get() == count);
  }

  /** A recording that comes to no end. */
  private static final class Endless extends InputStream implements TraceRecorder.Recording {
    private final AtomicInteger closed;

    Endless(AtomicInteger closed) {
      this.closed = closed;
    }

    @Override
    public InputStream finish() {
      return this;
    }

    @Override
    public int read() {
      return 0;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      return length;
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }
}
