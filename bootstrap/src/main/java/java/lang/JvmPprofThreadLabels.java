package java.lang;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;

/**
 * Labels that threads have from their start on, by the threads' ids, for classes of threads that
 * override {@link Thread#run}: they leave no place for marks.
 *
 * <p>The agent cannot link this class and sees it as functions of the JDK's types.
 */
final class JvmPprofThreadLabels implements LongFunction<String[]>, Runnable {
  private static final int MAX_THREADS = 10_000;

  private static final ConcurrentHashMap<Long, JvmPprofThreadLabels> BY_THREAD =
      new ConcurrentHashMap<>();

  private final Thread thread;
  private final JvmPprofLabels labels;
  private boolean ended;

  JvmPprofThreadLabels() {
    this(null, null);
  }

  private JvmPprofThreadLabels(Thread thread, JvmPprofLabels labels) {
    this.thread = thread;
    this.labels = labels;
  }

  @SuppressWarnings("deprecation") // Thread.threadId() exists from 19 on
  static void put(Thread thread, JvmPprofLabels labels) {
    if (BY_THREAD.size() < MAX_THREADS) {
      BY_THREAD.put(thread.getId(), new JvmPprofThreadLabels(thread, labels));
    }
  }

  /** The labels that a thread has from its start on; null for none. */
  @SuppressWarnings("deprecation")
  static JvmPprofLabels of(Thread thread) {
    JvmPprofThreadLabels known = BY_THREAD.get(thread.getId());
    return known == null ? null : known.labels;
  }

  @Override
  public String[] apply(long threadId) {
    JvmPprofThreadLabels known = BY_THREAD.get(threadId);
    return known == null ? null : known.labels.pairs;
  }

  /** Forgets the threads that had ended at the last call. */
  @Override
  public void run() {
    BY_THREAD.values().removeIf(JvmPprofThreadLabels::hadEnded);
  }

  private boolean hadEnded() {
    boolean before = ended;
    ended = !thread.isAlive();
    return before && ended;
  }
}
