package org.jvmpprof.agent.control;

import java.util.List;
import java.util.Optional;
import org.jvmpprof.agent.profile.ProfileRegistry;
import org.jvmpprof.agent.stack.Function;
import org.jvmpprof.agent.stack.Stack;

/**
 * What HTTP, JMX and the Java API can ask of the profiler that runs in this JVM. Thread-safe. None
 * of it is meant for the hot path of an application.
 */
public interface RunningProfiler {
  /** The name that viewers show after {@code File:}: the main class or the jar. */
  String application();

  /** Comments for the profiles of this process: which agent, which JVM, what the engine sees. */
  default List<String> remarks() {
    return List.of();
  }

  /** The lines that end the text form of the heap profile. */
  default List<String> memoryStatistics() {
    return List.of();
  }

  /** The name of the function at an address of a profile. */
  default Optional<String> functionAt(long address) {
    return Optional.empty();
  }

  /** The stack whose only frame is this function. */
  Stack stackOf(Function function);

  /** All profiles but CPU, by name. */
  ProfileRegistry profiles();

  /**
   * Waits, not for long, until what has happened before this call is in the profiles; a Go program
   * sees its own events at once.
   */
  void awaitEvents() throws InterruptedException;

  /** Begins to collect CPU samples, beside whoever else does; empty when CPU sampling is off. */
  Optional<CpuCollection> collectCpu();

  /** How much is recorded. */
  Rates rates();
}
