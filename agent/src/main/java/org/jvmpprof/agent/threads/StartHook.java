package org.jvmpprof.agent.threads;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jvmpprof.agent.jvm.JavaBase;

/** The hook that the JVM's threads pass when they start, whoever starts them. */
final class StartHook {
  private final Method take;

  private StartHook(Method take) {
    this.take = take;
  }

  /**
   * Weaves the hook into the JDK's thread classes; it sees all starts from then on.
   *
   * @throws IOException when the agent is not complete
   * @throws ReflectiveOperationException when this JDK's threads are not the known ones
   * @throws UnmodifiableClassException when this JVM changes no loaded class
   * @throws RuntimeException when the JVM does not let the agent in
   */
  static StartHook install(Instrumentation instrumentation)
      throws IOException, ReflectiveOperationException, UnmodifiableClassException {
    JavaBase.define(instrumentation, "JvmPprofStart");
    Class<?> hook = JavaBase.define(instrumentation, "JvmPprofThreads");
    StartHook installed = new StartHook(hook.getMethod("take"));
    // Initializes both classes before a thread of the application gets there.
    installed.take();
    StartTransformer transformer = new StartTransformer();
    List<Class<?>> classes = threadClasses();
    // It stays: whoever else retransforms these classes begins with the JDK's class files.
    instrumentation.addTransformer(transformer, true);
    retransform(instrumentation, classes);
    Throwable failure = transformer.failure();
    if (failure != null) {
      instrumentation.removeTransformer(transformer);
      retransform(instrumentation, classes);
      throw new ReflectiveOperationException(failure);
    }
    return installed;
  }

  /** As {@code JvmPprofThreads.take}. */
  Object[] take() {
    try {
      return (Object[]) take.invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void retransform(Instrumentation instrumentation, List<Class<?>> classes)
      throws UnmodifiableClassException {
    for (Class<?> type : classes) {
      instrumentation.retransformClasses(type);
    }
  }

  private static List<Class<?>> threadClasses() {
    List<Class<?>> classes = new ArrayList<>(List.of(Thread.class));
    try {
      classes.add(Class.forName("java.lang.VirtualThread", false, null));
    } catch (ClassNotFoundException e) {
      // Before JDK 21 there are none.
    }
    return classes;
  }
}
