package java.lang;

/**
 * The one class of jvm-pprof that every class loader sees: the agent defines it into java.base when
 * it starts. Two copies of the agent, from whatever jars and loaders, meet here, and the second one
 * yields.
 */
public final class JvmPprofHook {
  private static String version;

  private JvmPprofHook() {}

  /**
   * Claims this JVM for one agent.
   *
   * @param claimant version of the agent that asks
   * @return null for the first caller, the version that runs already for any later one
   */
  public static synchronized String claim(String claimant) {
    String running = version;
    if (running == null) {
      version = claimant;
    }
    return running;
  }
}
