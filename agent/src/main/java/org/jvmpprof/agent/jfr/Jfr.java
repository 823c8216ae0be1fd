package org.jvmpprof.agent.jfr;

import java.util.Optional;
import jdk.jfr.FlightRecorder;
import org.jvmpprof.agent.jvm.JfrDisk;

/** Whether this JVM has JDK Flight Recorder; can be linked where it has not. */
public final class Jfr {
  private Jfr() {}

  /** Why JFR cannot be used here now; empty when it can. */
  public static Optional<String> problem() {
    if (ModuleLayer.boot().findModule("jdk.jfr").isEmpty()) {
      return Optional.of("module jdk.jfr is missing (--add-modules jdk.jfr adds it)");
    }
    if (!FlightRecorder.isAvailable()) {
      return Optional.of("Flight Recorder is switched off in this JVM");
    }
    return JfrDisk.mayBegin(JfrDisk.repository())
        ? Optional.empty()
        : Optional.of("JFR needs more room than there is in " + JfrDisk.repository());
  }

  /** What to tell people of something that {@link JfrStream} has thrown. */
  public static String reason(Throwable thrown) {
    Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
