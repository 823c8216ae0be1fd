package org.jvmpprof.it;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jvmpprof.it.programs.ServedProgram;

/** A program whose agent serves profiles on a free port. */
final class HttpAgent implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("profiles at (http://.*)/debug/pprof/");
  private static final Pattern LISTED = Pattern.compile("href=\"([^\"?]*)\\?debug=1\"");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ChildJvm program;
  private final String url;

  private HttpAgent(ChildJvm program, String url) {
    this.program = program;
    this.url = url;
  }

  /** Starts {@link ServedProgram} with these options, beside a free port. */
  static HttpAgent start(Java java, String... options) {
    String argument = String.join(",", options);
    return of(
        java.program(ServedProgram.class)
            .agentArgument("http=0" + (argument.isEmpty() ? "" : ',' + argument))
            .start());
  }

  /** Waits until the agent of a program serves. */
  static HttpAgent of(ChildJvm program) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> program.agentLines().stream().anyMatch(ADDRESS.asPredicate()));
    program.awaitReady();
    Matcher line =
        program.agentLines().stream()
            .map(ADDRESS::matcher)
            .filter(Matcher::find)
            .findFirst()
            .orElseThrow();
    return new HttpAgent(program, line.group(1));
  }

  ChildJvm program() {
    return program;
  }

  /** E.g. {@code http://127.0.0.1:6060}. */
  String url() {
    return url;
  }

  /** Gets what is below {@code /debug/pprof/}. */
  Scrape get(String path) throws IOException, InterruptedException {
    return send("GET", "/debug/pprof/" + path);
  }

  Scrape send(String method, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(Duration.ofMinutes(1))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return new Scrape(client.send(request, BodyHandlers.ofByteArray()));
  }

  /** The profiles that the index lists, beside CPU. */
  List<String> listed() throws IOException, InterruptedException {
    return LISTED
        .matcher(get("").text())
        .results()
        .map(match -> match.group(1))
        .filter(name -> !List.of("cmdline", "profile", "symbol", "trace").contains(name))
        .toList();
  }

  @Override
  public void close() {
    program.close();
  }
}
