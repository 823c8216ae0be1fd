package org.jvmpprof.it.programs;

import java.lang.reflect.Method;

/** Threads of both kinds, from code that is compiled for a JDK without virtual ones. */
final class Threads {
  private Threads() {}

  static Thread start(boolean virtual, Runnable code) {
    Thread thread = virtual ? virtual(code) : new Thread(code, "waiter");
    thread.start();
    return thread;
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
