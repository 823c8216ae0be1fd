package org.jvmpprof.agent.log;

import java.io.PrintStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The agent's few lines to standard error, each prefixed {@code jvm-pprof:}. It uses no logging
 * framework, because the application's own may not be set up yet. Never called from the
 * application's threads once the application runs.
 */
public final class AgentLog {
  /** How much is printed; each level includes those before it. */
  public enum Level {
    OFF,
    ERROR,
    INFO,
    DEBUG
  }

  private final PrintStream out;
  private final Level level;
  private final Set<String> said = ConcurrentHashMap.newKeySet();

  /** Makes a log that prints to {@code out} all lines up to {@code level}. */
  public AgentLog(PrintStream out, Level level) {
    this.out = out;
    this.level = level;
  }

  /** Something does not work that the user asked for. */
  public void error(String line) {
    print(Level.ERROR, line);
  }

  /** Something a user wants to know once, such as where profiles go. */
  public void info(String line) {
    print(Level.INFO, line);
  }

  /** Details for whoever works on the agent. */
  public void debug(String line) {
    print(Level.DEBUG, line);
  }

  /**
   * An error that may happen again and again: only the first of its kind is printed, until it is
   * {@link #over}.
   *
   * @param kind identifies the trouble, e.g. {@code "store"}
   */
  public void errorOnce(String kind, String line) {
    if (said.add(kind)) {
      error(line);
    }
  }

  /**
   * Says that a trouble is over, so that the next one of its kind is printed again.
   *
   * @return whether one had been printed
   */
  public boolean over(String kind) {
    return said.remove(kind);
  }

  private void print(Level of, String line) {
    if (of.compareTo(level) <= 0) {
      out.println("jvm-pprof: " + line);
    }
  }
}
