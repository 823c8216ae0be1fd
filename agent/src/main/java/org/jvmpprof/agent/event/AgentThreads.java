package org.jvmpprof.agent.event;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The agent's own threads, known by identity: none of them appears in a profile. */
public final class AgentThreads {
  private final Set<Long> ids = ConcurrentHashMap.newKeySet();

  /**
   * Starts a daemon thread of the agent.
   *
   * @param name without the prefix {@code jvm-pprof-}
   */
  public Thread start(String name, Runnable body) {
    Thread thread = create(name, body);
    thread.start();
    return thread;
  }

  /** As {@link #start}, but leaves starting it to the caller (shutdown hooks). */
  @SuppressWarnings("deprecation") // Thread.threadId() exists from 19 on
  public Thread create(String name, Runnable body) {
    // Thread locals of the application are none of ours.
    Thread thread = new Thread(null, body, "jvm-pprof-" + name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    ids.add(thread.getId());
    return thread;
  }

  /** Counts the current thread, which the JDK started for the agent, among the agent's. */
  @SuppressWarnings("deprecation")
  public void adoptCurrent() {
    ids.add(Thread.currentThread().getId());
  }

  /** Whether the Java thread with this id is one of the agent's. */
  public boolean contains(long threadId) {
    return ids.contains(threadId);
  }
}
