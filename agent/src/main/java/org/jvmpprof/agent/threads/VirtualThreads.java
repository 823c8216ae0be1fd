package org.jvmpprof.agent.threads;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jvmpprof.agent.log.AgentLog;

/**
 * The virtual threads of this JVM. The JDK keeps them, for its own thread dumps (JEP 444), in a
 * tree of containers: one for each executor or scope, and a root.
 */
final class VirtualThreads {
  private static final String PACKAGE = "jdk.internal.vm";

  /** Since JEP 444. */
  static final boolean EXIST = Runtime.version().feature() >= 21;

  private final Class<?> virtualThread;
  private final Object root;
  private final Method threads;
  private final Method children;

  private VirtualThreads() throws ReflectiveOperationException {
    virtualThread = Class.forName("java.lang.BaseVirtualThread", false, null);
    Class<?> containers = Class.forName(PACKAGE + ".ThreadContainers");
    Class<?> container = Class.forName(PACKAGE + ".ThreadContainer");
    root = containers.getMethod("root").invoke(null);
    threads = container.getMethod("threads");
    children = container.getMethod("children");
    if (!Boolean.TRUE.equals(containers.getMethod("trackAllThreads").invoke(null))) {
      throw new ReflectiveOperationException("jdk.trackAllThreads is false");
    }
  }

  /**
   * Finds the way to them; where there is none, one line says so.
   *
   * @return visits each of them, once it is called
   */
  static Consumer<Consumer<Thread>> of(Instrumentation instrumentation, AgentLog log) {
    if (!EXIST) {
      return visitor -> {};
    }
    try {
      instrumentation.redefineModule(
          Object.class.getModule(),
          Set.of(),
          Map.of(PACKAGE, Set.of(VirtualThreads.class.getModule())),
          Map.of(),
          Set.of(),
          Map.of());
      return new VirtualThreads()::visit;
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      log.error("goroutine shows no virtual threads: " + e);
      return visitor -> {};
    }
  }

  private void visit(Consumer<Thread> visitor) {
    try {
      visit(root, visitor);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private void visit(Object container, Consumer<Thread> visitor)
      throws ReflectiveOperationException {
    ((Stream<?>) threads.invoke(container))
        .filter(virtualThread::isInstance)
        .forEach(thread -> visitor.accept((Thread) thread));
    Iterator<?> inner = ((Stream<?>) children.invoke(container)).iterator();
    while (inner.hasNext()) {
      visit(inner.next(), visitor);
    }
  }
}
