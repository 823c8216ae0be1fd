package org.jvmpprof.agent.event;

import java.util.Arrays;

/** The agent's own threads, known by identity: none of them appears in a profile. */
public final class AgentThreads {
  /** Few, and looked up for each sample; replaced as a whole. */
  private volatile long[] ids = {};

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
    add(thread.getId());
    return thread;
  }

  /** Counts the current thread, which the JDK started for the agent, among the agent's. */
  @SuppressWarnings("deprecation")
  public void adoptCurrent() {
    add(Thread.currentThread().getId());
  }

  /** Whether the Java thread with this id is one of the agent's. */
  public boolean contains(long threadId) {
    for (long id : ids) {
      if (id == threadId) {
        return true;
      }
    }
    return false;
  }

  private synchronized void add(long threadId) {
    long[] more = Arrays.copyOf(ids, ids.length + 1);
    more[ids.length] = threadId;
    ids = more;
  }
}
