package org.jvmpprof.agent.control;

import java.io.IOException;
import java.io.InputStream;

/** Records what happens in this JVM, event by event: Go's execution trace. Thread-safe. */
public interface TraceRecorder {
  /**
   * Begins a recording, beside any other.
   *
   * @throws IOException when this JVM cannot do it; the message is one line
   */
  Recording start() throws IOException;

  /** What has been recorded since the begin. */
  interface Recording extends AutoCloseable {
    /**
     * Ends the recording.
     *
     * @return all of it; whoever takes it closes it, and with it the recording
     * @throws IOException when there is none; the message is one line
     */
    InputStream finish() throws IOException;

    /** Gives up what was recorded. */
    @Override
    void close();
  }
}
