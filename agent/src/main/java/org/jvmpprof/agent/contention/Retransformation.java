package org.jvmpprof.agent.contention;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jvmpprof.agent.log.AgentLog;

/**
 * Retransforms loaded classes in batches. The application stands still for a part of each batch;
 * how long depends on its size, so batches grow while they are short and shrink when they are not.
 */
final class Retransformation {
  private static final int FIRST_BATCH = 2;
  private static final int MAX_BATCH = 64;

  /** The whole of a batch, of which the application stands still for a part. */
  private static final long SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Instrumentation instrumentation;
  private final AgentLog log;

  Retransformation(Instrumentation instrumentation, AgentLog log) {
    this.instrumentation = instrumentation;
    this.log = log;
  }

  /** Retransforms all of them, with pauses as long as the batches. */
  void run(List<Class<?>> classes) throws InterruptedException {
    int batch = FIRST_BATCH;
    for (int done = 0; done < classes.size(); ) {
      List<Class<?>> next = classes.subList(done, Math.min(done + batch, classes.size()));
      done += next.size();
      long startNanos = System.nanoTime();
      retransform(next);
      long tookNanos = System.nanoTime() - startNanos;
      if (tookNanos < SHORT_NANOS) {
        batch = Math.min(2 * batch, MAX_BATCH);
      } else if (tookNanos > LONG_NANOS) {
        batch = Math.max(batch / 2, 1);
      }
      TimeUnit.NANOSECONDS.sleep(tookNanos);
    }
  }

  /** One class that the JVM does not take must not keep others out: then they go one by one. */
  private void retransform(List<Class<?>> classes) {
    try {
      instrumentation.retransformClasses(classes.toArray(new Class<?>[0]));
    } catch (UnmodifiableClassException | RuntimeException | LinkageError | InternalError e) {
      if (classes.size() > 1) {
        for (Class<?> each : classes) {
          retransform(List.of(each));
        }
      } else {
        String name = classes.get(0).getName();
        log.errorOnce("retransform", "not instrumented, as others that follow: " + name + ": " + e);
      }
    }
  }
}
