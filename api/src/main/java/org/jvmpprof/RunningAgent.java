package org.jvmpprof;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The agent of this JVM, which is in another class loader: it is found through a class that it has
 * defined into java.base, and called with types of the JDK only.
 */
final class RunningAgent {
  /** Set by the agent before the application's first method. */
  static final String VERSION_PROPERTY = "jvmpprof.version";

  /** An agent begins beside the application; whoever calls it earlier waits for it. */
  private static final long START_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** What to say when the property is there and nobody answers. */
  static final String SILENT =
      "the jvm-pprof agent of this JVM does not answer: see standard error for why it did not start";

  private static volatile @Nullable Method door;
  private static volatile boolean gaveUp;

  private RunningAgent() {}

  /**
   * Calls the agent.
   *
   * @throws NoAgentException when there is none
   */
  static @Nullable Object call(String name, Object... arguments) {
    BiFunction<String, Object[], Object> agent = await();
    if (agent == null) {
      throw new NoAgentException(isThere() ? SILENT : absent(), null);
    }
    return agent.apply(name, arguments);
  }

  /** Whether an agent is in this JVM, started or not. */
  static boolean isThere() {
    return System.getProperty(VERSION_PROPERTY) != null;
  }

  /** The agent once it has started; null when there is none, or none that starts in time. */
  static @Nullable BiFunction<String, Object[], Object> await() {
    BiFunction<String, Object[], Object> agent = find();
    long begin = System.nanoTime();
    while (agent == null && isThere() && !gaveUp) {
      pause();
      agent = find();
      gaveUp = System.nanoTime() - begin > START_NANOS;
    }
    return agent;
  }

  private static String absent() {
    return "no jvm-pprof agent in this JVM: start it with -javaagent:jvm-pprof-agent.jar, attach the"
        + " agent with java -jar jvm-pprof.jar attach "
        + ProcessHandle.current().pid()
        + ", or call Pprof.install()";
  }

  /** Not a park, which would be in the block profile; an interrupt is kept for the caller. */
  private static void pause() {
    boolean interrupted = Thread.interrupted();
    try {
      Thread.sleep(1);
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @SuppressWarnings("unchecked") // It has this type wherever it is.
  private static @Nullable BiFunction<String, Object[], Object> find() {
    try {
      Method known = door;
      if (known == null) {
        known = Class.forName("java.lang.JvmPprofApi", false, null).getMethod("agent");
        door = known;
      }
      return (BiFunction<String, Object[], Object>) known.invoke(null);
    } catch (ClassNotFoundException e) {
      return null;
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("not the class that the agent defines", e);
    }
  }
}
