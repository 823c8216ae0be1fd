package org.jvmpprof;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The agent's half of labels: a class that it has put into java.base, where every class loader's
 * copy of this one finds it. A label set of that half is an {@link Executor} that runs an action
 * with its labels over those in force, a {@code Consumer<Runnable>} that runs it with them alone,
 * and a {@code Supplier} of its keys and values.
 */
final class AgentLabels {
  private static final String AGENT = "jvmpprof.version";
  private static final String STATE = "jvmpprof.running.labels";

  /** On a busy machine an agent takes seconds to start. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final int UNKNOWN = 0;
  private static final int WORKING = 1;
  private static final int IMPOSSIBLE = 2;

  // Benign races: whoever reads an old value looks again.
  private static int state;
  private static boolean waited;

  private AgentLabels() {}

  /** Whether an agent is there and its half works; it may come at any time. */
  static boolean present() {
    return state == WORKING || (state == UNKNOWN && look());
  }

  /** The agent's half of these labels, sorted by key; null when there is none. */
  static @Nullable Executor of(String[] pairs) {
    try {
      return (Executor) Handles.OF.invokeExact(pairs);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** The agent's half of the labels in force; null for none. */
  static @Nullable Object current() {
    try {
      return present() ? (Object) Handles.CURRENT.invokeExact() : null;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static boolean look() {
    if (System.getProperty(AGENT) == null) {
      return false;
    }
    awaitStart();
    String answer = System.getProperty(STATE);
    if (answer != null) {
      state = answer.equals("on") && Handles.FOUND ? WORKING : IMPOSSIBLE;
    }
    return state == WORKING;
  }

  /** An agent that has just begun is ready soon; a first scope would otherwise be lost to it. */
  private static void awaitStart() {
    long startNanos = System.nanoTime();
    while (!waited && System.getProperty(STATE) == null) {
      try {
        Thread.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      if (System.nanoTime() - startNanos > PATIENCE_NANOS) {
        waited = true;
      }
    }
  }

  private static IllegalStateException unexpected(Throwable e) {
    return new IllegalStateException("jvm-pprof's agent and api do not fit together", e);
  }

  /** Initialized when the agent's half is there. */
  private static final class Handles {
    static final MethodHandle OF;
    static final MethodHandle CURRENT;
    static final boolean FOUND;

    static {
      MethodHandle of = MethodHandles.empty(methodType(Executor.class, String[].class));
      MethodHandle current = MethodHandles.empty(methodType(Object.class));
      boolean found = false;
      try {
        Class<?> type = Class.forName("java.lang.JvmPprofLabels", true, null);
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        of = lookup.findStatic(type, "of", methodType(type, String[].class)).asType(of.type());
        current = lookup.findStatic(type, "current", methodType(type)).asType(current.type());
        found = true;
      } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
        // Another version of the agent: as if there were none.
      }
      OF = of;
      CURRENT = current;
      FOUND = found;
    }
  }
}
