package org.jvmpprof.agent.jfr;

import java.lang.instrument.Instrumentation;
import java.util.Map;
import java.util.Set;
import org.jvmpprof.agent.log.AgentLog;

/**
 * How many frames JFR keeps of a stack: 64 by default, more when it is asked to before its first
 * event. {@code jcmd JFR.configure stackdepth=128} says it from outside; the way from inside
 * through the DiagnosticCommand MBean would create the platform MBean server, which an application
 * server may want to do itself, so the option is set where that command sets it.
 */
public final class JfrStackDepth {
  private static final int DEFAULT = 64;
  private static final int DEPTH = 128;
  private static final String INTERNAL = "jdk.jfr.internal";

  private JfrStackDepth() {}

  /** Asks for 128 frames, unless the user has set a depth; keeps what is where that fails. */
  public static void raise(Instrumentation instrumentation, AgentLog log) {
    try {
      Module jfr = ModuleLayer.boot().findModule("jdk.jfr").orElseThrow();
      Module agent = JfrStackDepth.class.getModule();
      instrumentation.redefineModule(
          jfr, Set.of(), Map.of(INTERNAL, Set.of(agent)), Map.of(), Set.of(), Map.of());
      Class<?> options = Class.forName(jfr, INTERNAL + ".Options");
      if (Integer.valueOf(DEFAULT).equals(options.getMethod("getStackDepth").invoke(null))) {
        options.getMethod("setStackDepth", Integer.class).invoke(null, DEPTH);
      }
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      log.debug("JFR stacks stay at " + DEFAULT + " frames: " + e);
    }
  }
}
