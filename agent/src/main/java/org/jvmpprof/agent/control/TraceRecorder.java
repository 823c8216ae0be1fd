package org.jvmpprof.agent.control;

import java.io.IOException;
import java.io.OutputStream;

/** Records all that the JVM can tell of a span of time: Go's execution trace. Thread-safe. */
public interface TraceRecorder {
  /**
   * Records from now on, and writes the whole when the time is over; nothing is written before.
   *
   * @param seconds how long
   * @throws IOException when this JVM cannot record, or {@code out} fails
   * @throws InterruptedException when the recording was given up
   */
  void record(double seconds, OutputStream out) throws IOException, InterruptedException;
}
