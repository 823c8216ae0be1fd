package org.jvmpprof.it.programs;

/** What a program may know of the agent in its JVM: its threads. */
final class Agent {
  private Agent() {}

  /** Waits until somebody has attached the agent. */
  static void awaitAttached() {
    while (!isRunning("jvm-pprof-drain")) {
      Pause.millis(10);
    }
  }

  /** Waits until the hooks are where the JDK waits: they come while the application runs. */
  static void awaitComplete() {
    while (isRunning("jvm-pprof-start")) {
      Pause.millis(10);
    }
  }

  private static boolean isRunning(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals(name));
  }
}
