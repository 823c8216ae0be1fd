package org.jvmpprof.agent.control;

import java.io.IOException;
import java.io.OutputStream;

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
     * Ends the recording and writes all of it. Whatever can fail before the first byte fails before
     * the first byte.
     */
    void finish(OutputStream out) throws IOException;

    /** Gives up what was recorded; does nothing after {@link #finish}. */
    @Override
    void close();
  }
}
