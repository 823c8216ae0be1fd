package org.jvmpprof.agent.contention;

/** The one class of the agent that is instrumented as those of an application. */
final class SelfTestMonitor {
  private final Object lock = new Object();

  /** Runs something while the monitor is held. */
  void holding(Runnable body) {
    synchronized (lock) {
      body.run();
    }
  }
}
