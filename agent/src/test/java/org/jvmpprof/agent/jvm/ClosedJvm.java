package org.jvmpprof.agent.jvm;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;

/** A JVM that opens no module to an agent. */
public final class ClosedJvm {
  private ClosedJvm() {}

  /** Throws from whatever is asked of it. */
  public static Instrumentation instrumentation() {
    return (Instrumentation)
        Proxy.newProxyInstance(
            ClosedJvm.class.getClassLoader(),
            new Class<?>[] {Instrumentation.class},
            (proxy, method, arguments) -> {
              throw new UnsupportedOperationException("two\nlines");
            });
  }
}
