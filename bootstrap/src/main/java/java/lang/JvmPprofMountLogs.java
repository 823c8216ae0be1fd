package java.lang;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongBinaryOperator;

/**
 * The logs of all carriers, by the carriers' ids.
 *
 * <p>The agent cannot link this class and sees it as functions of the JDK's types.
 */
final class JvmPprofMountLogs implements LongBinaryOperator, Consumer<Boolean>, Runnable {
  private static final int MAX_CARRIERS = 4096;

  private static final ConcurrentHashMap<Long, JvmPprofMountLog> BY_CARRIER =
      new ConcurrentHashMap<>();
  private static final ThreadLocal<JvmPprofMountLog> OWN = new ThreadLocal<>();

  private static volatile boolean wanted;

  JvmPprofMountLogs() {}

  /** The log of the current thread, a carrier; null while nobody wants it. */
  static JvmPprofMountLog ofCarrier() {
    if (!wanted) {
      return null;
    }
    JvmPprofMountLog log = OWN.get();
    return log == null ? begin(Thread.currentThread()) : log;
  }

  /** Begins or ends to keep logs. */
  @Override
  public void accept(Boolean on) {
    wanted = on;
  }

  /**
   * The id of the label set that the virtual thread on a carrier had.
   *
   * @param carrierId the thread id of the carrier
   * @param nanoTime when, by {@link System#nanoTime}
   * @return {@link JvmPprofMountLog#NONE} for none
   */
  @Override
  public long applyAsLong(long carrierId, long nanoTime) {
    JvmPprofMountLog log = BY_CARRIER.get(carrierId);
    return log == null ? JvmPprofMountLog.NONE : log.at(nanoTime);
  }

  /** Forgets carriers that have ended. */
  @Override
  public void run() {
    BY_CARRIER.values().removeIf(log -> !log.carrier.isAlive());
  }

  @SuppressWarnings("deprecation") // Thread.threadId() exists from 19 on
  private static JvmPprofMountLog begin(Thread carrier) {
    try {
      if (BY_CARRIER.size() >= MAX_CARRIERS) {
        return null;
      }
      JvmPprofMountLog log = new JvmPprofMountLog(carrier);
      OWN.set(log);
      BY_CARRIER.put(carrier.getId(), log);
      return log;
    } catch (OutOfMemoryError e) {
      return null;
    }
  }
}
