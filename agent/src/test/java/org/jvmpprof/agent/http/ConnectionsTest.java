package org.jvmpprof.agent.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvmpprof.agent.event.AgentThreads;

/** What a slow client may take, by a clock that the test sets. */
class ConnectionsTest {
  private static final byte[] LARGE = new byte[32 << 20];

  private final AtomicLong clockNanos = new AtomicLong();
  private final Connections connections =
      new Connections(
          (request, client, reply) -> reply.text(LARGE), new AgentThreads(), clockNanos::get);
  private final ServerSocket server;
  private Socket client;

  ConnectionsTest() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @BeforeEach
  void connect() throws IOException {
    client = new Socket(server.getInetAddress(), server.getLocalPort());
    connections.add(server.accept());
  }

  @AfterEach
  void close() throws IOException {
    connections.close();
    client.close();
    server.close();
  }

  @Test
  void closeOverdue_headIsDrippedIn_afterTenSeconds() throws IOException {
    pass(9);
    send("GET / HTTP/1.1\r\n");
    assertThat(connections.isEmpty()).isFalse();
    pass(2);
    await().until(connections::isEmpty);
    assertThat(client.getInputStream().read()).isNegative();
  }

  @Test
  void closeOverdue_answerIsNotTaken_afterTenSecondsWithoutProgress() throws IOException {
    send("GET / HTTP/1.1\r\n\r\n");
    await()
        .until(
            () -> {
              pass(11);
              return connections.isEmpty();
            });
  }

  @Test
  void closeOverdue_answerIsTaken_isWhole() throws IOException {
    send("GET / HTTP/1.1\r\n\r\n");
    pass(9);
    assertThat(client.getInputStream().readAllBytes()).hasSizeGreaterThan(LARGE.length);
  }

  private void send(String text) throws IOException {
    client.getOutputStream().write(text.getBytes(UTF_8));
  }

  private void pass(long seconds) {
    clockNanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    connections.closeOverdue();
  }
}
