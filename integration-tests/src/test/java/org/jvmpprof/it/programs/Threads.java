package org.jvmpprof.it.programs;

import java.lang.reflect.Method;
import java.util.List;

/** Threads of both kinds, from code that is compiled for a JDK without virtual ones. */
final class Threads {
  private Threads() {}

  /** {@code platform}, and where there are such {@code virtual}. */
  static List<String> kinds() {
    return Runtime.version().feature() < 21 ? List.of("platform") : List.of("platform", "virtual");
  }

  static Thread start(boolean virtual, Runnable code) {
    Thread thread = virtual ? virtual(code) : new Thread(code, "waiter");
    thread.start();
    return thread;
  }

  /** Waits until the thread waits for something. */
  static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.BLOCKED && thread.getState() != Thread.State.WAITING) {
      Pause.millis(1);
    }
  }

  private static Thread virtual(Runnable code) {
    try {
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      Method unstarted =
          Class.forName("java.lang.Thread$Builder").getMethod("unstarted", Runnable.class);
      return (Thread) unstarted.invoke(builder, code);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no virtual threads", e);
    }
  }
}
