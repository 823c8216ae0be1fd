package org.jvmpprof.agent.http;

import java.io.IOException;
import java.time.Duration;
import org.jvmpprof.agent.control.TraceRecorder;

/**
 * {@code /debug/pprof/trace}: all that happens in the next {@code seconds}, by default 1, as a
 * recording of JDK Flight Recorder.
 */
final class TraceRoute implements Route {
  private static final double DEFAULT_SECONDS = 1;

  private final TraceRecorder recorder;

  TraceRoute(TraceRecorder recorder) {
    this.recorder = recorder;
  }

  @Override
  public void serve(Query query, Client client, Reply reply)
      throws IOException, InterruptedException {
    double wanted = query.fraction("seconds");
    double seconds = wanted <= 0 ? DEFAULT_SECONDS : wanted;
    TraceRecorder.Recording recording;
    try {
      recording = recorder.start();
    } catch (IOException e) {
      reply.error(Status.INTERNAL_ERROR, "Could not enable tracing: " + e.getMessage());
      return;
    }
    boolean answered = false;
    try {
      if (client.staysFor(Duration.ofMillis(Math.round(seconds * 1000)))) {
        reply.file("trace", recording.finish());
        answered = true;
      }
    } finally {
      if (!answered) {
        recording.close();
      }
    }
  }
}
