package org.jvmpprof.agent.trace;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jvmpprof.agent.control.TraceRecorder;
import org.jvmpprof.agent.jvm.JfrDisk;

/**
 * Traces by JDK Flight Recorder, with the settings that the JDK calls {@code profile}: bytes that
 * JDK Mission Control and {@code jfr print} open. Any number may record at once, beside the
 * application's recordings.
 */
public final class FlightTrace implements TraceRecorder {
  private final Set<FlightRecording> running = ConcurrentHashMap.newKeySet();

  /** Touches nothing of Flight Recorder before the first trace is asked for. */
  public FlightTrace() {}

  @Override
  public Recording start() throws IOException {
    if (ModuleLayer.boot().findModule("jdk.jfr").isEmpty()) {
      throw new IOException("this JVM lacks the module jdk.jfr");
    }
    if (!JfrDisk.mayBegin(JfrDisk.repository())) {
      throw new IOException(
          "Flight Recorder needs more room than there is in " + JfrDisk.repository());
    }
    FlightRecording recording = FlightRecording.start(running::remove);
    running.add(recording);
    return recording;
  }

  /** A round of the drainer: gives up all recordings before their disk is full. */
  public void poll() {
    if (!running.isEmpty() && !JfrDisk.mayGoOn(JfrDisk.repository())) {
      running.forEach(recording -> recording.giveUp("too little room in " + JfrDisk.repository()));
    }
  }
}
