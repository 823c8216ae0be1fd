package org.jvmpprof.agent.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvmpprof.agent.control.TraceRecorder;
import org.jvmpprof.agent.profile.DumpSource;
import org.jvmpprof.agent.profile.ProfileType;
import org.jvmpprof.agent.profile.Snapshot;

/** Go's TestHandlers (net/http/pprof) line by line, and what its table leaves open. */
class HandlersTest {
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String BYTES = "application/octet-stream";
  private static final ProfileType OWN = ProfileType.counting("com.acme.sessions");

  private final FakeProfiler profiler =
      new FakeProfiler()
          .with(ProfileType.BLOCK)
          .with(ProfileType.MUTEX)
          .with(ProfileType.HEAP)
          .with(ProfileType.ALLOCS)
          .with(ProfileType.THREADCREATE)
          .with(OWN)
          .with(new FakeGoroutines());
  private final RunningServer server = new RunningServer(profiler);

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          heap | heap
          mutex | mutex
          com.acme.sessions | com.acme.sessions
          profile?seconds=1 | profile
          profile?seconds=1&debug=1 | profile
          block?seconds=1 | block-delta
          goroutine?seconds=1 | goroutine-delta
          heap?seconds=1&gc=1 | heap-delta
          heap?debug=x | heap
          heap?debug=0 | heap
          heap?gc=1 | heap
          delta_heap | heap.pprof.gz
          delta_block | block.pprof.gz
          delta_mutex?x=%zz | mutex.pprof.gz
          %68eap | heap
          threads | goroutine
          threads?seconds=1 | goroutine-delta
          """)
  void get_profile_isAFile(String path, String file) throws Exception {
    Answer answer = server.get(path);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo(BYTES);
    assertThat(answer.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"" + file + "\"");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.headers()).doesNotContainKey("X-Go-Pprof");
    assertThat(answer.profile().getSampleTypeCount()).isPositive();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          %3Cscript%3Escripty%3Cscript%3E | 404 | Unknown profile
          nothing | 404 | Unknown profile
          heap/ | 404 | Unknown profile
          cmdline/ | 404 | Unknown profile
          nothing?seconds=1 | 404 | Unknown profile
          heap?seconds=x | 400 | invalid value for "seconds" - must be a positive integer
          heap?seconds=0 | 400 | invalid value for "seconds" - must be a positive integer
          heap?seconds=-1&debug=1 | 400 | invalid value for "seconds" - must be a positive integer
          heap?seconds=1.5 | 400 | invalid value for "seconds" - must be a positive integer
          com.acme.sessions?seconds=1&debug=1 | 400 | "seconds" parameter is not supported for this profile type
          heap?seconds=1&debug=1 | 400 | seconds and debug params are incompatible
          goroutine?seconds=1&debug=2 | 400 | seconds and debug params are incompatible
          """)
  void get_wrong_isAnErrorForPprofToShow(String path, int status, String text) throws Exception {
    Answer answer = server.get(path);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo(TEXT);
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("X-Go-Pprof")).isEqualTo("1");
    assertThat(answer.headers()).doesNotContainKey("Content-Disposition");
    assertThat(answer.text()).isEqualTo(text + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          heap?debug=1 | heap profile: 0: 0 [0: 1] @ heap/2
          heap?debug=-1 | heap profile: 0: 0 [0: 1] @ heap/2
          block?debug=1 | --- contention:
          block?debug=2 | --- contention:
          mutex?debug=1 | --- mutex:
          goroutine?debug=1 | goroutine profile: total 0
          goroutine?debug=2 | every goroutine
          goroutine?debug=99 | every goroutine
          threadcreate?debug=2 | threadcreate profile: total 0
          symbol | num_symbols: 1
          """)
  void get_debug_isText(String path, String firstLine) throws Exception {
    Answer answer = server.get(path);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo(TEXT);
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.headers()).doesNotContainKeys("Content-Disposition", "X-Go-Pprof");
    assertThat(answer.text().lines()).first().isEqualTo(firstLine);
  }

  @Test
  void get_cmdline_isTheCommandWithNuls() throws Exception {
    Answer answer = server.get("cmdline");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo(TEXT);
    String[] words = answer.text().split("\0", -1);
    assertThat(words[0]).contains("java");
    assertThat(words).hasSizeGreaterThan(1).doesNotContain("");
  }

  @Test
  void get_index_listsAllProfiles() throws Exception {
    profiler.with(ProfileType.counting("<script>'\"&"));
    profiler.set(ProfileType.BLOCK, "wait", 3L, 4L);
    profiler.set(OWN, "login", 5L);
    profiler.set(OWN, "login2", 6L);
    Answer answer = server.get("");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(answer.text())
        .contains("<title>/debug/pprof/</title>", "Types of profiles available:")
        .contains("Set debug=1 as a query parameter to export in legacy text format")
        .contains("<td>1</td><td><a href=\"block?debug=1\">block</a>")
        .contains("<td>11</td><td><a href=\"com.acme.sessions?debug=1\">com.acme.sessions</a>")
        .contains("href=\"trace?debug=1\"", "href=\"cmdline?debug=1\"", "href=\"symbol?debug=1\"")
        .contains("href=\"goroutine?debug=2\"", "Profile Descriptions:")
        .contains("<a href=\"%3Cscript%3E%27%22%26?debug=1\">&lt;script&gt;&#39;&#34;&amp;</a>")
        .doesNotContain("<script>");
  }

  @Test
  void description_everyBuiltInProfile_isThere() {
    ProfileType.BUILT_IN.stream()
        .map(ProfileType::name)
        .filter(name -> !name.equals("cpu"))
        .forEach(name -> assertThat(IndexPage.description(name)).as(name).isNotEmpty());
    Routes.FIXED.forEach(name -> assertThat(IndexPage.description(name)).as(name).isNotEmpty());
  }

  @Test
  void get_symbol_namesWhatIsKnown() throws Exception {
    long address = profiler.stack("run").locations().get(0).address();
    String hex = "0x" + Long.toHexString(address);
    assertThat(server.get("symbol?" + hex + "+0x1+nonsense+0").text())
        .isEqualTo("num_symbols: 1\n" + hex + " com.acme.Main.run\n");
  }

  @Test
  void get_withoutSlash_redirects() throws Exception {
    Answer answer = server.send("GET /debug/pprof?x=1 HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertThat(answer.status()).isEqualTo(307);
    assertThat(answer.header("Location")).isEqualTo("/debug/pprof/?x=1");
  }

  @Test
  void get_elsewhere_isNotFound() throws Exception {
    Answer answer = server.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text()).isEqualTo("404 page not found\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"heap", "cmdline", "profile?seconds=1", "trace?seconds=0.01", "nothing"})
  void head_anything_isTheHeadOfGet(String path) throws Exception {
    Answer get = server.get(path);
    Answer head = server.send("HEAD /debug/pprof/" + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertThat(head.body()).isEmpty();
    assertThat(head.status()).isEqualTo(get.status());
    head.headers().remove("Date");
    get.headers().remove("Date");
    assertThat(head.headers().keySet()).isEqualTo(get.headers().keySet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "get"})
  void otherMethod_anything_isNotAllowed(String method) throws Exception {
    Answer answer =
        server.send(
            method
                + " /debug/pprof/symbol HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\n0x1");
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
    assertThat(answer.text()).isEqualTo("Method Not Allowed\n");
  }

  @Test
  void get_trace_isTheRecording() throws Exception {
    Answer answer = server.get("trace?seconds=0.01");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo(BYTES);
    assertThat(answer.header("Content-Disposition")).isEqualTo("attachment; filename=\"trace\"");
    assertThat(answer.body()).containsExactly(1, 2, 3);
  }

  @Test
  void get_traceThatDoesNotStart_saysWhy() throws Exception {
    TraceRecorder broken =
        () -> {
          throw new IOException("no JFR");
        };
    try (RunningServer traceless = new RunningServer(profiler, broken, "http=0")) {
      Answer answer = traceless.get("trace");
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.text()).isEqualTo("Could not enable tracing: no JFR\n");
    }
  }

  @Test
  void get_traceThatBreaksOff_isNoWholeAnswer() throws Exception {
    AtomicInteger closed = new AtomicInteger();
    TraceRecorder.Recording breaking =
        new TraceRecorder.Recording() {
          @Override
          public InputStream finish() {
            return new SequenceInputStream(
                new ByteArrayInputStream(new byte[100_000]), new BrokenFile(closed));
          }

          @Override
          public void close() {}
        };
    try (RunningServer broken = new RunningServer(profiler, () -> breaking, "http=0")) {
      assertThat(catchThrowable(() -> broken.get("trace?seconds=0.01")))
          .isInstanceOf(IOException.class);
      assertThat(closed).hasValue(1);
    }
  }

  @Test
  void get_cpuOff_saysSo() throws Exception {
    profiler.cpuOn = false;
    Answer answer = server.get("profile?seconds=1");
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.header("X-Go-Pprof")).isEqualTo("1");
    assertThat(answer.text()).isEqualTo("Could not enable CPU profiling: CPU sampling is off\n");
  }

  @Test
  void get_profileThatFails_is500AndOneLogLine() throws Exception {
    profiler.with(
        new FakeSource(ProfileType.counting("broken")) {
          @Override
          public Snapshot snapshot() {
            throw new IllegalStateException("broken on purpose");
          }
        });
    assertThat(server.get("broken").status()).isEqualTo(500);
    Answer answer = server.get("broken?debug=1");
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.header("Content-Type")).isEqualTo(TEXT);
    assertThat(answer.text()).isEqualTo("failed to collect profile\n");
    assertThat(server.log().lines().filter(line -> line.contains("broken on purpose"))).hasSize(1);
  }

  private static final class BrokenFile extends InputStream {
    private final AtomicInteger closed;

    BrokenFile(AtomicInteger closed) {
      this.closed = closed;
    }

    @Override
    public int read() throws IOException {
      throw new IOException("disk full");
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return read();
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  private static final class FakeGoroutines extends FakeSource implements DumpSource {
    FakeGoroutines() {
      super(ProfileType.GOROUTINE);
    }

    @Override
    public String dump() {
      return "every goroutine\n";
    }
  }
}
