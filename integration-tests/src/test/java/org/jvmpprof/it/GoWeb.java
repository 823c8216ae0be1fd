package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@code go tool pprof -http} that runs. */
final class GoWeb implements AutoCloseable {
  private static final Pattern SERVING = Pattern.compile("Serving web UI on (http://\\S+?)/?\\n");

  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
  private final Process process;
  private final Path err;
  private final String url;

  private GoWeb(Process process, Path err, String url) {
    this.process = process;
    this.err = err;
    this.url = url;
  }

  /** Waits until it serves. */
  static GoWeb of(Process process, Path err) throws IOException {
    await(err.toString())
        .atMost(Duration.ofMinutes(1))
        .until(() -> SERVING.matcher(Files.readString(err)).find());
    Matcher serving = SERVING.matcher(Files.readString(err));
    assertThat(serving.find()).isTrue();
    return new GoWeb(process, err, serving.group(1));
  }

  /** Gets a page, e.g. {@code /ui/top}. */
  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + path)).build();
    return client.send(request, BodyHandlers.ofString());
  }

  /** What it has said so far. */
  String err() throws IOException {
    return Files.readString(err);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }
}
