package org.jvmpprof.agent.cpu;

import java.lang.instrument.Instrumentation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets compiled code be told apart by line and inlined method wherever it is sampled, not only at
 * safepoints. HotSpot records this while it compiles, if {@code DebugNonSafepoints} is on, and by
 * default does not: a sample inside an inlined method is then charged to some caller of it. The
 * flag is diagnostic and cannot be set by any interface of a running JVM, so its byte is set where
 * it lies.
 */
public final class InlineDebugInfo {
  private static final String FLAG = "DebugNonSafepoints";

  private InlineDebugInfo() {}

  /**
   * Turns it on for all code that is compiled from now on; so the earlier the better. Never throws,
   * and does nothing in a JVM that it does not know in every detail it uses.
   *
   * @return empty when it is on, otherwise one line that says why not and what a user can do
   */
  public static Optional<String> enable(Instrumentation instrumentation) {
    try {
      new HotSpotFlags(JvmMemory.open(instrumentation)).turnOn(FLAG);
      return Optional.empty();
    } catch (IllegalStateException unfamiliar) {
      return Optional.of(advice(unfamiliar.getMessage()));
    } catch (Throwable refused) { // a LinkageError, say, in some other vendor's JVM
      return Optional.of(advice(refused.toString()));
    }
  }

  private static String advice(@Nullable String reason) {
    return "CPU time inside inlined methods is charged to their callers ("
        + String.valueOf(reason).replace('\n', ' ')
        + "); for exact profiles start the JVM with"
        + " -XX:+UnlockDiagnosticVMOptions -XX:+DebugNonSafepoints";
  }
}
