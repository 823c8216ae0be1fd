package java.lang;

import java.util.function.BiFunction;

/**
 * Where the classes of the api find the agent, from whatever class loader they come: two web
 * applications with a copy each speak to the same profiler. Only types of the JDK cross it.
 */
public final class JvmPprofApi {
  private static volatile BiFunction<String, Object[], Object> agent;

  private JvmPprofApi() {}

  /** What answers a call, by its name and arguments; null until the agent has started. */
  public static BiFunction<String, Object[], Object> agent() {
    return agent;
  }

  /** Called by the agent, by reflection. */
  static void serve(BiFunction<String, Object[], Object> answers) {
    agent = answers;
  }
}
