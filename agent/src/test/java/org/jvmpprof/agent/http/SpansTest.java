package org.jvmpprof.agent.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long routes collect, as Go's handlers read it. */
class SpansTest {
  private final List<Duration> spans = new ArrayList<>();
  private final Routes routes =
      new Routes(
          new Profiles(new FakeProfiler(), new Budget(System::nanoTime)),
          RunningServer.FakeRecording::new);

  @ParameterizedTest
  @CsvSource({
    "profile, PT30S",
    "profile?seconds=, PT30S",
    "profile?seconds=x, PT30S",
    "profile?seconds=1.5, PT30S",
    "profile?seconds=0, PT30S",
    "profile?seconds=-1, PT30S",
    "profile?seconds=99999999999999999999, PT30S",
    "profile?seconds=7, PT7S",
    "trace, PT1S",
    "trace?seconds=x, PT1S",
    "trace?seconds=-1, PT1S",
    "trace?seconds=0, PT1S",
    "trace?seconds=NaN, PT1S",
    "trace?seconds=0.25, PT0.25S",
    "trace?seconds=3, PT3S",
  })
  void serve_seconds_waitsForSoLong(String path, Duration span) throws Exception {
    try (Reply reply = new Reply(OutputStream.nullOutputStream(), true)) {
      String request = "GET /debug/pprof/" + path + " HTTP/1.1\r\n\r\n";
      routes.serve(
          Request.read(new ByteArrayInputStream(request.getBytes(UTF_8))), this::leave, reply);
    }
    assertThat(spans).containsExactly(span);
  }

  private boolean leave(Duration span) {
    spans.add(span);
    return false;
  }
}
