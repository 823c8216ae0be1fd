package org.jvmpprof.agent.cpu;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jvmpprof.agent.jvm.PrivateModule;

/**
 * async-profiler, loaded into a module of the agent's own: the application's async-profiler, of
 * whatever version, is another one that works beside it, and the JVM asks nobody whether native
 * code may be called.
 */
final class AsyncLibrary {
  private static final String CLASS = "one.profiler.AsyncProfiler";

  private final Object profiler;
  private final Method execute;

  private AsyncLibrary(Object profiler, Method execute) {
    this.profiler = profiler;
    this.execute = execute;
  }

  /**
   * Loads the library for this platform.
   *
   * @throws CpuSamplerException when there is none, or it cannot be written to the temporary
   *     directory and loaded from there
   */
  static AsyncLibrary load(Instrumentation instrumentation) throws CpuSamplerException {
    try {
      Module module = PrivateModule.of(instrumentation, "org.jvmpprof.async", "one.profiler");
      Class<?> type = Class.forName(module, CLASS);
      Object profiler = type.getMethod("getInstance").invoke(null);
      return new AsyncLibrary(profiler, type.getMethod("execute", String.class));
    } catch (InvocationTargetException e) {
      throw cannotBeLoaded(e.getCause() == null ? e : e.getCause());
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      throw cannotBeLoaded(e);
    }
  }

  /**
   * Gives async-profiler a command, in the syntax of its agent arguments.
   *
   * @return what it answers
   * @throws IllegalStateException when it refuses, e.g. because it runs already
   */
  String execute(String command) throws IOException {
    try {
      return (String) execute.invoke(profiler, command);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException(e.getCause() == null ? e : e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CpuSamplerException cannotBeLoaded(Throwable e) {
    String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
    return new CpuSamplerException("async-profiler cannot be loaded: " + reason, e);
  }
}
