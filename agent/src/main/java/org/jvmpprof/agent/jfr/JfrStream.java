package org.jvmpprof.agent.jfr;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;
import jdk.jfr.consumer.RecordingStream;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.log.AgentLog;

/**
 * One JFR recording of the agent, read as it is written. The only class that starts and ends
 * something in JFR; it can be used once.
 *
 * <p>Neither of the ways that {@link RecordingStream} offers is used as it stands: {@code
 * startAsync} starts a thread that is not a daemon, and {@code stop} may wait for ever. So the
 * stream runs in a thread of the agent, and its recording, which it does not show, is taken from a
 * listener that JFR calls in that thread.
 */
public final class JfrStream {
  /** Of finished chunks; the JVM ends a chunk at 12 MB, and the one being written comes on top. */
  private static final long MAX_REPOSITORY_BYTES = 16 << 20;

  private static final Duration START_LIMIT = Duration.ofSeconds(10);

  /** JFR flushes once a second; a stream that has ended its chunk needs milliseconds. */
  private static final Duration STOP_LIMIT = Duration.ofMillis(700);

  /** A flush that arrives sooner may have been made before somebody asked for it. */
  private static final Duration FLUSH_MARGIN = Duration.ofMillis(50);

  private static final Duration FLUSH_LIMIT = Duration.ofMillis(1200);

  private final String what;
  private final AgentThreads threads;
  private final AgentLog log;
  private final RecordingStream stream;
  private final CompletableFuture<Recording> running = new CompletableFuture<>();
  private @Nullable Thread reader;
  private long flushedNanos = System.nanoTime();

  /**
   * Makes a stream that is not running yet.
   *
   * @param what it brings, for messages
   * @param wanted enables events and says who takes them
   * @throws IllegalStateException when JFR cannot work here, e.g. cannot write its repository
   */
  public JfrStream(
      String what, Consumer<RecordingStream> wanted, AgentThreads threads, AgentLog log) {
    this.what = what;
    this.threads = threads;
    this.log = log;
    stream = new RecordingStream();
    stream.setOrdered(false);
    stream.setMaxSize(MAX_REPOSITORY_BYTES);
    wanted.accept(stream);
    stream.onFlush(this::flushed);
  }

  /**
   * Starts the recording; it is running when this returns.
   *
   * @throws CompletionException when it cannot be started
   */
  public void start() {
    reader = threads.start("jfr", this::read);
    try {
      running.orTimeout(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException e) {
      stream.close();
      throw e;
    }
  }

  /** Waits until all that was recorded before this call has been handed over. */
  public synchronized void awaitFlush() throws InterruptedException {
    long askedNanos = System.nanoTime();
    long leftMillis = FLUSH_LIMIT.toMillis();
    while (leftMillis > 0 && flushedNanos - askedNanos < FLUSH_MARGIN.toNanos() && !hasEnded()) {
      wait(leftMillis);
      leftMillis = FLUSH_LIMIT.minusNanos(System.nanoTime() - askedNanos).toMillis();
    }
    if (leftMillis <= 0) {
      log.errorOnce(
          "jfr-flush", "some " + what + " may be missing: JFR did not deliver them in time");
    }
  }

  private synchronized void flushed() {
    flushedNanos = System.nanoTime();
    notifyAll();
  }

  /** Whether nothing will come any more, because of {@link #stop} or of something else. */
  public boolean hasEnded() {
    return reader != null && !reader.isAlive();
  }

  /**
   * Ends the recording and returns when all that it has recorded has been handed over.
   *
   * <p>At exit, JFR's own shutdown hook may do the same at any moment, and removes the files. The
   * reader has its file open and still comes to its end.
   */
  public void stop() {
    Recording recording = running.getNow(null);
    if (recording == null || reader == null) {
      return;
    }
    try {
      recording.stop();
    } catch (IllegalStateException e) {
      log.debug("JFR recording had ended: " + e.getMessage());
    }
    try {
      // Ends its wait for the next flush, which would take up to a second.
      reader.interrupt();
      reader.join(STOP_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (reader.isAlive()) {
      log.error("the last " + what + " may be missing: JFR did not deliver them in time");
      stream.close();
    }
  }

  private void read() {
    FlightRecorderListener listener = new StartListener(Thread.currentThread());
    FlightRecorder.addListener(listener);
    try {
      stream.start();
    } catch (RuntimeException | LinkageError e) {
      running.completeExceptionally(e);
    } finally {
      FlightRecorder.removeListener(listener);
      stream.close();
    }
  }

  /** JFR calls it in the thread that starts a recording. */
  private final class StartListener implements FlightRecorderListener {
    private final Thread starter;

    StartListener(Thread starter) {
      this.starter = starter;
    }

    @Override
    public void recordingStateChanged(Recording recording) {
      if (Thread.currentThread() == starter && recording.getState() == RecordingState.RUNNING) {
        recording.setName("jvm-pprof");
        running.complete(recording);
      }
    }
  }
}
