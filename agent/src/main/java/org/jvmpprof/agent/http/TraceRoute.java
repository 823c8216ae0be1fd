package org.jvmpprof.agent.http;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.jvmpprof.agent.control.TraceRecorder;

/**
 * {@code /debug/pprof/trace}: all that happens in the next {@code seconds}, by default 1, as a
 * recording of JDK Flight Recorder.
 */
final class TraceRoute implements Route {
  private static final double DEFAULT_SECONDS = 1;
  private static final double MAX_SECONDS = Duration.ofDays(365).toSeconds();

  private final TraceRecorder recorder;

  TraceRoute(TraceRecorder recorder) {
    this.recorder = recorder;
  }

  @Override
  public void serve(Query query, Client client, Reply reply)
      throws IOException, InterruptedException {
    double wanted = query.fraction("seconds");
    double seconds = Math.min(wanted <= 0 ? DEFAULT_SECONDS : wanted, MAX_SECONDS);
    TraceRecorder.Recording started;
    try {
      started = recorder.start();
    } catch (IOException e) {
      reply.error(Status.INTERNAL_ERROR, "Could not enable tracing: " + e.getMessage());
      return;
    }
    try (TraceRecorder.Recording recording = started) {
      if (client.staysFor(Duration.ofMillis(Math.round(seconds * 1000)))) {
        OutputStream file = reply.file("trace");
        recording.finish(file);
        file.flush();
      }
    }
  }
}
