package org.jvmpprof.agent.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jvmpprof.agent.control.RunningProfiler;
import org.jvmpprof.agent.control.TraceRecorder;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.options.AgentOptions;

/**
 * Serves profiles as Go's net/http/pprof does, under {@code /debug/pprof/}. One request per
 * connection, GET and HEAD only, in daemon threads of the agent.
 */
public final class PprofServer implements AutoCloseable {
  private static final int BACKLOG = 128;

  /** Each look costs an exception, and the limits that are looked after are ten seconds. */
  private static final int LOOK_AFTER_MILLIS = 2000;

  private static final long TROUBLE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final String TROUBLE = "http";

  private final ServerSocket socket;
  private final Access access;
  private final Routes routes;
  private final AgentLog log;
  private final Admission admission;
  private final Connections connections;

  private PprofServer(
      ServerSocket socket,
      Access access,
      RunningProfiler profiler,
      TraceRecorder recorder,
      AgentThreads threads,
      AgentLog log) {
    this.socket = socket;
    this.access = access;
    this.log = log;
    Budget budget = new Budget(System::nanoTime);
    admission = new Admission(budget);
    routes = new Routes(new Profiles(profiler, budget), recorder);
    connections = new Connections(this::serve, threads, System::nanoTime);
  }

  /**
   * Opens the address that the options name. Where that is impossible or forbidden, one line says
   * why.
   *
   * @param http where to listen, in the form of the option
   * @return the server; empty when there is none
   */
  public static Optional<PprofServer> start(
      String http,
      AgentOptions options,
      RunningProfiler profiler,
      TraceRecorder recorder,
      AgentThreads threads,
      AgentLog log) {
    try {
      InetSocketAddress address = HttpAddress.of(http);
      Access access = Access.to(address.getAddress(), options.tokenFile());
      PprofServer server =
          new PprofServer(listen(address), access, profiler, recorder, threads, log);
      log.info("profiles at http://" + server.address() + "/debug/pprof/");
      threads.start("http", server::run);
      return Optional.of(server);
    } catch (IOException e) {
      log.error("http=" + http + ": not opened: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static ServerSocket listen(InetSocketAddress address) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(address, BACKLOG);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw new IOException(HttpAddress.text(address) + ": " + e.getMessage(), e);
    }
  }

  /** Where it listens, e.g. {@code 127.0.0.1:6060}. */
  public String address() {
    return HttpAddress.text((InetSocketAddress) socket.getLocalSocketAddress());
  }

  /** Ends everything that is being answered, and gives the port free. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      log.debug("end of http: " + e.getMessage());
    }
    connections.close();
  }

  private void run() {
    while (!socket.isClosed()) {
      try {
        socket.setSoTimeout(connections.isEmpty() ? 0 : LOOK_AFTER_MILLIS);
        connections.add(socket.accept());
        log.over(TROUBLE);
      } catch (SocketTimeoutException e) {
        // Time to look after those that are open.
      } catch (IOException | OutOfMemoryError e) {
        trouble(e);
      }
      connections.closeOverdue();
    }
  }

  /** No file descriptor or no thread is to be had; that may pass. */
  private void trouble(Throwable e) {
    if (!socket.isClosed()) {
      log.errorOnce(TROUBLE, "http cannot take requests for now: " + e);
      LockSupport.parkNanos(TROUBLE_PAUSE_NANOS);
    }
  }

  private void serve(Request request, Client client, Reply reply)
      throws IOException, InterruptedException {
    if (!access.permits(request, reply)) {
      return;
    }
    if (!admission.enter()) {
      reply.error(Status.UNAVAILABLE, "too many requests at a time");
      return;
    }
    try {
      routes.serve(request, client, reply);
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      log.errorOnce("request", request.path() + " failed: " + e);
      throw new IOException(e);
    } finally {
      admission.leave();
    }
  }
}
