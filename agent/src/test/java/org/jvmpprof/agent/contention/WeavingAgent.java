package org.jvmpprof.agent.contention;

import java.lang.instrument.Instrumentation;
import java.util.List;
import org.jvmpprof.agent.log.AgentLog;

/** Weaves and nothing else. What it says begins with {@code agent:}. */
public final class WeavingAgent {
  private static final String SHAPES = "org.jvmpprof.shapes.Shapes";

  private WeavingAgent() {}

  /**
   * Called by the JVM.
   *
   * @param late {@code late}: to come when the shapes are loaded already
   */
  public static void premain(String late, Instrumentation instrumentation) throws Exception {
    if (late != null) {
      Class.forName(SHAPES);
    }
    ContentionHook.define(instrumentation).set(1, 1, 0, 0);
    AgentLog log = new AgentLog(System.err, AgentLog.Level.DEBUG);
    Weaving weaving = new Weaving(instrumentation, List.of(), List.of(), log);
    loadSpinSites();
    weaving.install();
    weaving.retransformJdk();
    weaving.noteLoaded();
    weaving.retransformLoaded();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> report(weaving, instrumentation)));
  }

  /** So that they are verified when they are retransformed. */
  private static void loadSpinSites() {
    for (String name : SpinSites.names(false)) {
      try {
        Class.forName(name.replace('/', '.'));
      } catch (ClassNotFoundException otherJdk) {
        say("no " + name);
      }
    }
  }

  private static void report(Weaving weaving, Instrumentation instrumentation) {
    weaving.poll();
    try {
      Class<?> shapes = Class.forName(SHAPES);
      say("block " + weaving.isWoven(SHAPES, "nested"));
      say("method " + weaving.isWoven(SHAPES, "instanceMethod"));
      instrumentation.retransformClasses(shapes, Thread.class);
      say("again " + weaving.isWoven(SHAPES, "instanceMethod"));
      say("modifiers " + shapes.getDeclaredMethod("instanceMethod", String.class));
    } catch (Exception | LinkageError e) {
      say(e.toString());
    }
    say("failed " + weaving.failedCount());
  }

  private static void say(String what) {
    System.out.println("agent: " + what);
  }
}
