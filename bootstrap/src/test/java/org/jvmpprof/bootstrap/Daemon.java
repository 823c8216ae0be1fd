package org.jvmpprof.bootstrap;

/** Threads that no test has to end. */
final class Daemon {
  private Daemon() {}

  static Thread start(Runnable body) {
    Thread thread = new Thread(body);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
