package org.jvmpprof.agent;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.jvm.JavaBase;

/**
 * The class that is in java.base while an agent runs, whatever jar and loader the agent came from.
 * It is called by reflection only: the agent's jar carries its class file, but the loader of the
 * agent may not define classes of package java.lang.
 */
final class BootstrapHook {
  /** What serves where java.base cannot be extended: it sees only agents of this very loader. */
  private static final AtomicReference<@Nullable String> running = new AtomicReference<>();

  private BootstrapHook() {}

  /**
   * Claims this JVM for the calling agent.
   *
   * @param version of the calling agent
   * @return null when it may start, else the version of the agent that runs already
   */
  static @Nullable String claim(Instrumentation instrumentation, String version) {
    try {
      Class<?> hook = JavaBase.define(instrumentation, "JvmPprofHook");
      return (String) hook.getMethod("claim", String.class).invoke(null, version);
    } catch (IOException
        | ReflectiveOperationException
        | RuntimeException
        | LinkageError notExtended) {
      return running.compareAndExchange(null, version);
    }
  }
}
