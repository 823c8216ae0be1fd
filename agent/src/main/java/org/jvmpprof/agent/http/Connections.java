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
import org.jvmpprof.agent.event.AgentThreads;

/**
 * All connections: a bounded number, each with a thread. When there are too many, the one that has
 * been at sending its request for the longest time makes room, so that those who send nothing
 * cannot keep out those who do.
 */
final class Connections {
  private static final int MAX_OPEN = 128;

  /** Threads that have lost their connection and do not know yet. */
  private static final int SPARE_THREADS = 16;

  private static final long PATIENCE_MILLIS = 200;

  private final Connection.Handler handler;
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger threadNumber = new AtomicInteger();
  private final ThreadPoolExecutor workers;

  Connections(Connection.Handler handler, AgentThreads threads) {
    this.handler = handler;
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
      open.stream()
          .filter(Connection::isReadingHead)
          .min(Comparator.comparingLong(Connection::openedNanos))
          .ifPresent(Connection::close);
    }
    Connection connection = new Connection(socket);
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
    long nowNanos = System.nanoTime();
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

  private void serve(Connection connection) {
    try {
      connection.serve(handler);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(connection);
    }
  }
}
