package org.jvmpprof.agent;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.jvm.JavaBase;
import org.jvmpprof.agent.log.AgentLog;

/** Lets the Java API find the agent, from any class loader, through a class in java.base. */
final class ApiHook {
  private ApiHook() {}

  /** From now on this answers the calls of the Java API. */
  static void serve(
      BiFunction<String, Object[], @Nullable Object> answers,
      Instrumentation instrumentation,
      AgentLog log) {
    try {
      Class<?> hook = JavaBase.define(instrumentation, "JvmPprofApi");
      Method serve = hook.getDeclaredMethod("serve", BiFunction.class);
      serve.setAccessible(true);
      serve.invoke(null, answers);
    } catch (IOException | ReflectiveOperationException | RuntimeException | LinkageError e) {
      log.error("the Java API finds no agent: " + e);
    }
  }
}
