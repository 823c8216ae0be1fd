package java.lang;

import jdk.internal.vm.annotation.Hidden;

/**
 * {@link Object#wait()} in its three forms, for JVMs where that is a native method: instrumented
 * code calls these in its place. They are hidden from stack traces, so that an exception looks as
 * it does without the agent.
 */
@SuppressWarnings("WaitNotInLoop") // The loop is the caller's.
public final class JvmPprofWait {
  private JvmPprofWait() {}

  /** As {@code lock.wait()}. */
  @Hidden
  public static void waitOn(Object lock) throws InterruptedException {
    long token = JvmPprofContention.waitBefore(lock);
    try {
      lock.wait();
    } finally {
      JvmPprofContention.waitAfter(lock, token);
    }
  }

  /** As {@code lock.wait(timeoutMillis)}. */
  @Hidden
  public static void waitOn(Object lock, long timeoutMillis) throws InterruptedException {
    long token = JvmPprofContention.waitBefore(lock);
    try {
      lock.wait(timeoutMillis);
    } finally {
      JvmPprofContention.waitAfter(lock, token);
    }
  }

  /** As {@code lock.wait(timeoutMillis, nanos)}. */
  @Hidden
  public static void waitOn(Object lock, long timeoutMillis, int nanos)
      throws InterruptedException {
    long token = JvmPprofContention.waitBefore(lock);
    try {
      lock.wait(timeoutMillis, nanos);
    } finally {
      JvmPprofContention.waitAfter(lock, token);
    }
  }
}
