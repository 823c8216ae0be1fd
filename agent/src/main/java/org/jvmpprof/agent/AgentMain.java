package org.jvmpprof.agent;

import java.lang.instrument.Instrumentation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Starts the agent, in its own class loader. Nothing ever leaves it as a throw. */
public final class AgentMain {
  private AgentMain() {}

  /**
   * Called for {@code -javaagent}, before the application's main method.
   *
   * @param options {@code key=value,key=value}; null for none
   */
  public static void premain(@Nullable String options, Instrumentation instrumentation) {
    try {
      Launch.start(options, instrumentation, false);
    } catch (Throwable t) {
      // Out of premain it would end the JVM.
      notStarted(t);
    }
  }

  /**
   * Called when the agent is attached to it.
   *
   * @param options {@code key=value,key=value}; null for none
   */
  public static void agentmain(@Nullable String options, Instrumentation instrumentation) {
    try {
      Optional<Launch> launch = Launch.start(options, instrumentation, true);
      // Whoever attached the agent wants to know where profiles go.
      if (launch.isPresent()) {
        launch.get().awaitInForce();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable t) {
      notStarted(t);
    }
  }

  private static void notStarted(Throwable t) {
    System.err.println("jvm-pprof: not started: " + t);
  }
}
