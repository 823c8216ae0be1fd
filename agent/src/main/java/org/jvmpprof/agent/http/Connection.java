package org.jvmpprof.agent.http;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One client with one request. Each step that the client can draw out has a limit, after which
 * whoever watches the connection closes it.
 */
final class Connection implements Client {
  private static final long HEAD_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** For each buffer of an answer. */
  private static final long SEND_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** As long as Go's net/http, so that a client that still sends gets to see its answer. */
  private static final int LINGER_MILLIS = 500;

  private static final int LINGER_BYTES = 256 << 10;
  private static final int BUFFER_BYTES = 8 << 10;
  private static final long MAX_SOCKET_TIMEOUT_MILLIS = TimeUnit.HOURS.toMillis(1);

  /** A sum of two such times is still a number. */
  private static final Duration MAX_STAY = Duration.ofDays(365);

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final LongSupplier nanoTime;
  private volatile Phase phase = Phase.HEAD;
  private volatile long phaseNanos;
  private volatile Step step;

  /** Whose turn it is: the client's, but for the work in between. */
  enum Phase {
    HEAD,
    WORK,
    SEND
  }

  /** What the connection is at, since when, and how long that may take. */
  private record Step(long beganNanos, long limitNanos) {}

  /** Answers requests. */
  interface Handler {
    void serve(Request request, Client client, Reply reply)
        throws IOException, InterruptedException;
  }

  Connection(Socket socket, LongSupplier nanoTime) throws IOException {
    this.socket = socket;
    this.nanoTime = nanoTime;
    phaseNanos = nanoTime.getAsLong();
    step = new Step(phaseNanos, HEAD_NANOS);
    in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
    out = new BufferedOutputStream(limited(socket.getOutputStream()), BUFFER_BYTES);
  }

  /** Serves its request and closes it. */
  void serve(Handler handler) throws InterruptedException {
    try (socket) {
      boolean clientSendsMore = true;
      try {
        Request request = Request.read(in);
        clientSendsMore = request.hasBody();
        enter(Phase.WORK);
        begin(Long.MAX_VALUE);
        answer(request, handler);
      } catch (BadRequestException e) {
        enter(Phase.SEND);
        refuse(e.status());
      }
      out.flush();
      if (clientSendsMore) {
        linger();
      }
    } catch (IOException e) {
      // The client has gone, or was too slow.
    }
  }

  private void answer(Request request, Handler handler) throws IOException, InterruptedException {
    try (Reply reply = new Reply(out, !request.method().equals("HEAD"))) {
      try {
        handler.serve(request, this, reply);
      } catch (IOException e) {
        reply.error(Status.INTERNAL_ERROR, "failed to collect profile");
      }
      enter(Phase.SEND);
      send(reply);
    }
  }

  private void send(Reply reply) throws IOException {
    try {
      reply.send();
    } catch (IOException e) {
      // A reset, so that the client does not take what it has for the whole.
      socket.setSoLinger(true, 0);
      throw e;
    }
  }

  private void refuse(int status) throws IOException {
    try (Reply reply = new Reply(out, true)) {
      reply.refuse(status, Status.text(status));
      reply.send();
    }
  }

  @Override
  public boolean staysFor(Duration span) throws IOException, InterruptedException {
    Duration bounded = span.compareTo(MAX_STAY) < 0 ? span : MAX_STAY;
    long endNanos = System.nanoTime() + bounded.toNanos();
    long leftMillis = bounded.toMillis();
    while (leftMillis > 0) {
      socket.setSoTimeout((int) Math.min(leftMillis, MAX_SOCKET_TIMEOUT_MILLIS));
      try {
        if (in.read() < 0) {
          return false;
        }
        // It goes on sending what nobody reads, so its end cannot be seen.
        TimeUnit.NANOSECONDS.sleep(endNanos - System.nanoTime());
      } catch (SocketTimeoutException e) {
        // It is still there.
      }
      leftMillis = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
    }
    return true;
  }

  /** Whether it is at this; a closed one is at nothing. */
  boolean isAt(Phase asked) {
    return phase == asked && !socket.isClosed();
  }

  /** Since when it is at what it is at. */
  long phaseNanos() {
    return phaseNanos;
  }

  boolean isOverdue(long nowNanos) {
    Step now = step;
    return nowNanos - now.beganNanos > now.limitNanos;
  }

  /** Ends it, whatever it is at. */
  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }

  private void enter(Phase next) {
    phaseNanos = nanoTime.getAsLong();
    phase = next;
  }

  private void begin(long limitNanos) {
    step = new Step(nanoTime.getAsLong(), limitNanos);
  }

  /** Closing with something unread would reset the connection before the answer is read. */
  private void linger() throws IOException {
    begin(TimeUnit.MILLISECONDS.toNanos(LINGER_MILLIS));
    socket.shutdownOutput();
    socket.setSoTimeout(LINGER_MILLIS);
    byte[] unread = new byte[BUFFER_BYTES];
    int read = 0;
    for (int n = 0; n >= 0 && read < LINGER_BYTES; n = in.read(unread)) {
      read += n;
    }
  }

  private OutputStream limited(OutputStream to) {
    return new FilterOutputStream(to) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int done = 0; done < length; done += BUFFER_BYTES) {
          begin(SEND_NANOS);
          to.write(bytes, offset + done, Math.min(BUFFER_BYTES, length - done));
        }
      }
    };
  }
}
