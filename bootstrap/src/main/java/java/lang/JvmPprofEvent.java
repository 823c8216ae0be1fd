package java.lang;

import java.util.function.Supplier;

/**
 * One contention on its way to the agent: the stack of the thread that recorded it, unresolved, and
 * numbers. The agent, whose verifier would look for this class before it is there, sees a throwable
 * that supplies the numbers {nanoTime, thread id, contentions, delay in nanoseconds}. Never thrown.
 */
public final class JvmPprofEvent extends Throwable implements Supplier<long[]> {
  private static final long serialVersionUID = 1;

  private final long nanoTime;
  private final transient Thread thread;
  final long contentions;
  final long delayNanos;

  JvmPprofEvent(long nanoTime, Thread thread, long contentions, long delayNanos) {
    super(null, null, false, true);
    this.nanoTime = nanoTime;
    this.thread = thread;
    this.contentions = contentions;
    this.delayNanos = delayNanos;
  }

  @Override
  public long[] get() {
    return new long[] {nanoTime, threadId(), contentions, delayNanos};
  }

  /** Some thread classes answer in their own way; called in the agent's thread. */
  @SuppressWarnings("deprecation") // Thread.threadId() exists from 19 on
  private long threadId() {
    try {
      return thread.getId();
    } catch (RuntimeException unanswered) {
      return 0;
    }
  }
}
