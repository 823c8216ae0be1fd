package org.jvmpprof.agent.trace;

import java.io.IOException;
import java.io.OutputStream;
import org.jvmpprof.agent.control.TraceRecorder;

/**
 * Traces by JDK Flight Recorder, with the settings that the JDK calls {@code profile}: bytes that
 * JDK Mission Control and {@code jfr print} open. Any number may record at once, beside the
 * application's recordings.
 */
public final class FlightTrace implements TraceRecorder {
  /** Touches nothing of Flight Recorder before the first trace is asked for. */
  public FlightTrace() {}

  @Override
  public void record(double seconds, OutputStream out) throws IOException, InterruptedException {
    if (ModuleLayer.boot().findModule("jdk.jfr").isEmpty()) {
      throw new IOException("this JVM lacks the module jdk.jfr");
    }
    FlightRecording.record(seconds, out);
  }
}
