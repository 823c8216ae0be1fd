package org.jvmpprof.agent.http;

import java.io.IOException;
import java.net.Socket;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.http.Connection.Phase;

/**
 * All connections: a bounded number, each with a thread. When there are too many, the one that has
 * been at sending its request for the longest time makes room, so that those who send nothing
 * cannot keep out those who do. Likewise, of many who take their answers, the one that has been at
 * it for the longest makes room: answers that nobody takes would fill the memory.
 */
final class Connections {
  private static final int MAX_OPEN = 128;
  private static final int MAX_SENDING = Admission.MAX_REQUESTS;

  /** Threads that have lost their connection and do not know yet. */
  private static final int SPARE_THREADS = 16;

  private static final long PATIENCE_MILLIS = 200;

  private final Connection.Handler handler;
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final LongSupplier nanoTime;
  private final AtomicInteger threadNumber = new AtomicInteger();
  private final ThreadPoolExecutor workers;

  /**
   * There are none yet.
   *
   * @param nanoTime as {@link System#nanoTime}
   */
  Connections(Connection.Handler handler, AgentThreads threads, LongSupplier nanoTime) {
    this.handler = handler;
    this.nanoTime = nanoTime;
    // Threads stay: samples of one may still arrive when it has ended.
    workers =
        new ThreadPoolExecutor(
            0,
            MAX_OPEN + SPARE_THREADS,
            Long.MAX_VALUE,
            TimeUnit.NANOSECONDS,
            new SynchronousQueue<>(),
            body -> threads.create("http-" + threadNumber.incrementAndGet(), body),
            Connections::awaitWorker);
  }

  /** The one whose connection was just closed is free in a moment. */
  private static void awaitWorker(Runnable task, ThreadPoolExecutor workers) {
    try {
      if (!workers.isShutdown()
          && workers.getQueue().offer(task, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new RejectedExecutionException();
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  /** Serves a client, in another thread. */
  void add(Socket socket) throws IOException {
    if (open.size() >= MAX_OPEN) {
      closeLongest(Phase.HEAD);
    }
    Connection connection = new Connection(socket, nanoTime);
    open.add(connection);
    try {
      workers.execute(() -> serve(connection));
    } catch (RejectedExecutionException e) {
      open.remove(connection);
      connection.close();
    }
  }

  /** Closes the connections of clients that are too slow. */
  void closeOverdue() {
    long nowNanos = nanoTime.getAsLong();
    for (Connection connection : open) {
      if (connection.isOverdue(nowNanos)) {
        connection.close();
      }
    }
  }

  /** Ends all, and takes none any more. */
  void close() {
    workers.shutdownNow();
    open.forEach(Connection::close);
  }

  private void answer(Request request, Client client, Reply reply)
      throws IOException, InterruptedException {
    handler.serve(request, client, reply);
    makeRoomToSend();
  }

  private synchronized void makeRoomToSend() {
    if (open.stream().filter(other -> other.isAt(Phase.SEND)).count() >= MAX_SENDING) {
      closeLongest(Phase.SEND);
    }
  }

  private void closeLongest(Phase phase) {
    open.stream()
        .filter(connection -> connection.isAt(phase))
        .min(Comparator.comparingLong(Connection::phaseNanos))
        .ifPresent(this::close);
  }

  private void close(Connection connection) {
    open.remove(connection);
    connection.close();
  }

  private void serve(Connection connection) {
    try {
      connection.serve(this::answer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(connection);
    }
  }
}
