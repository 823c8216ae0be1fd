package org.jvmpprof.agent;

import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/**
 * Where the JVM enters the agent. The application's loader defines it and {@link AgentLoader},
 * which defines all else. Nothing ever leaves it as a throw.
 */
public final class Agent {
  private Agent() {}

  /**
   * Called by the JVM for {@code -javaagent}, before the application's main method.
   *
   * @param options {@code key=value,key=value}; null for none
   */
  public static void premain(@Nullable String options, Instrumentation instrumentation) {
    call("premain", options, instrumentation);
  }

  /**
   * Called by the JVM when the agent is attached to it.
   *
   * @param options {@code key=value,key=value}; null for none
   */
  public static void agentmain(@Nullable String options, Instrumentation instrumentation) {
    call("agentmain", options, instrumentation);
  }

  private static void call(
      String method, @Nullable String options, Instrumentation instrumentation) {
    try {
      Class.forName("org.jvmpprof.agent.AgentMain", true, AgentLoader.OF_AGENT)
          .getMethod(method, String.class, Instrumentation.class)
          .invoke(null, options, instrumentation);
    } catch (Throwable t) {
      // Out of premain it would end the JVM.
      Throwable cause = t.getCause();
      System.err.println("jvm-pprof: not started: " + (cause == null ? t : cause));
    }
  }
}
