package org.jvmpprof.agent;

import java.lang.instrument.Instrumentation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Starts the agent, in its own class loader; {@link Agent} tells of what is thrown. */
public final class AgentMain {
  private AgentMain() {}

  /** Starts it before the application's main method; see {@link Agent#premain}. */
  public static void premain(@Nullable String options, Instrumentation instrumentation) {
    Launch.start(options, instrumentation, false);
  }

  /** Starts it in a JVM that runs already; see {@link Agent#agentmain}. */
  public static void agentmain(@Nullable String options, Instrumentation instrumentation) {
    Optional<Launch> launch = Launch.start(options, instrumentation, true);
    try {
      // Whoever attached the agent wants to know where profiles go.
      if (launch.isPresent()) {
        launch.get().awaitInForce();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
