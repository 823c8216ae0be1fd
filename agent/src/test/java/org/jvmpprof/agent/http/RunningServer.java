package org.jvmpprof.agent.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.Properties;
import org.jvmpprof.agent.control.TraceRecorder;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.options.AgentOptions;
import org.jvmpprof.agent.options.OptionsParser;

/** A server on a free port, and what it has logged. */
final class RunningServer implements AutoCloseable {
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final Optional<PprofServer> server;

  RunningServer(FakeProfiler profiler, TraceRecorder recorder, String options) {
    AgentOptions parsed = OptionsParser.parse(options, new Properties(), null).options();
    String http = Optional.ofNullable(parsed.http()).orElseThrow();
    AgentLog log = new AgentLog(new PrintStream(logged, true, UTF_8), AgentLog.Level.INFO);
    server = PprofServer.start(http, parsed, profiler, recorder, new AgentThreads(), log);
  }

  RunningServer(FakeProfiler profiler) {
    this(profiler, "http=0");
  }

  RunningServer(FakeProfiler profiler, String options) {
    this(profiler, FakeRecording::new, options);
  }

  boolean isOpen() {
    return server.isPresent();
  }

  String address() {
    return server.orElseThrow().address();
  }

  int port() {
    return Integer.parseInt(address().replaceFirst(".*:", ""));
  }

  String log() {
    return logged.toString(UTF_8);
  }

  /** Gets a path below {@code /debug/pprof/}. */
  Answer get(String path) throws Exception {
    return send("GET /debug/pprof/" + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }

  /** Sends bytes as they stand and reads until the server closes. */
  Answer send(String request) throws Exception {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return Answer.read(socket.getInputStream());
    }
  }

  Socket connect() throws Exception {
    return new Socket(InetAddress.getLoopbackAddress(), port());
  }

  @Override
  public void close() {
    server.ifPresent(PprofServer::close);
  }

  /** A recording of three bytes. */
  static final class FakeRecording implements TraceRecorder.Recording {
    @Override
    public InputStream finish() {
      return new ByteArrayInputStream(new byte[] {1, 2, 3});
    }

    @Override
    public void close() {}
  }
}
