package org.jvmpprof.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Field;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the JDK's locks call when a thread parks and when they wake one, with real queues. */
class LockQueueTest {
  private static final String HOOK = "JvmPprofContention";
  private static final long SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  @BeforeEach
  void everything() {
    Hook.set(1, 1);
  }

  @AfterEach
  void off() {
    Hook.set(0, 0);
    Hook.call("JvmPprofChoice", "chooseParks", 0);
    Hook.takeBlock();
    Hook.takeMutex();
  }

  @Test
  void handingOver_lockThatIsWaitedFor_chargesTheReleaser() throws Exception {
    QueuedLock held = new QueuedLock(new ReentrantLock());
    Thread waiter = startParked(held.sync);
    LockSupport.parkNanos(SHORT_NANOS);
    handOver(held.head(), held.sync);
    end(waiter);
    assertThat(Hook.takeMutex())
        .singleElement()
        .satisfies(release -> assertThat(release.delayNanos()).isGreaterThan(SHORT_NANOS / 2));
    assertThat(Hook.takeBlock()).hasSize(1);
  }

  @Test
  void awaiting_eachKindOfLock_isWhoIsWoken() throws Exception {
    for (boolean fair : new boolean[] {false, true}) {
      whoIsWoken(new QueuedLock(new ReentrantLock(fair)));
      whoIsWoken(new QueuedLock(new ReentrantReadWriteLock(fair).writeLock()));
    }
    whoIsWoken(new QueuedLock(new StampedLock().asWriteLock()));
  }

  private static void whoIsWoken(QueuedLock held) throws Exception {
    assertThat(Hook.call("JvmPprofLocks", "awaiting", held.head(), held.sync))
        .isSameAs(held.waiter);
    held.lock.unlock();
    held.waiter.join();
    assertThat(Hook.call("JvmPprofLocks", "awaiting", held.head(), held.sync)).isNull();
  }

  @Test
  @SuppressWarnings({"LockNotBeforeTry", "WaitNotInLoop"}) // the queue is what matters
  void awaiting_firstHasBeenSignalled_isTheNextWhoseParkIsForTheLock() throws Exception {
    ReentrantLock lock = new ReentrantLock();
    Condition condition = lock.newCondition();
    lock.lock();
    Thread signalled =
        Daemon.start(
            () -> {
              lock.lock();
              condition.awaitUninterruptibly();
              lock.unlock();
            });
    lock.unlock();
    await().until(() -> isAwaited(lock, condition));
    lock.lock();
    condition.signal();
    QueuedLock held = new QueuedLock(lock);
    assertThat(Hook.call("JvmPprofLocks", "awaiting", held.head(), held.sync))
        .isSameAs(held.waiter);
    lock.unlock();
    lock.unlock();
    signalled.join();
    held.waiter.join();
  }

  private static boolean isAwaited(ReentrantLock lock, Condition condition) {
    lock.lock();
    try {
      return lock.hasWaiters(condition);
    } finally {
      lock.unlock();
    }
  }

  @Test
  void handingOver_queueIsEmpty_chargesNobody() throws Exception {
    QueuedLock held = new QueuedLock(new ReentrantLock());
    held.lock.unlock();
    held.waiter.join();
    Thread waiter = startParked(held.sync);
    handOver(held.head(), held.sync);
    handOver(null, held.sync);
    end(waiter);
    assertThat(Hook.takeMutex()).isEmpty();
    assertThat(Hook.takeBlock()).hasSize(1);
  }

  @Test
  void handingOver_semaphore_chargesNobody() throws Exception {
    QueuedLock held = new QueuedLock(new ReentrantLock());
    Object semaphore = syncOf(new Semaphore(0));
    Thread waiter = startParked(semaphore);
    handOver(held.head(), semaphore);
    end(waiter);
    assertThat(Hook.takeMutex()).isEmpty();
    assertThat(Hook.takeBlock()).hasSize(1);
  }

  @Test
  void choosy_manyParks_eachIsRecordedAndTheChosenAreCharged() throws Exception {
    QueuedLock held = new QueuedLock(new ReentrantLock());
    Hook.call("JvmPprofChoice", "chooseParks", 1);
    int chosen = (int) Hook.call("JvmPprofChoice", "parks");
    for (int i = 0; i < 20; i++) {
      Thread waiter = startParked(held.sync);
      handOver(held.head(), held.sync);
      end(waiter);
    }
    chosen = (int) Hook.call("JvmPprofChoice", "parks") - chosen;
    assertThat(chosen).isBetween(1, 19);
    assertThat(Hook.takeMutex())
        .hasSize(chosen)
        .as("of another thread than the one that is woken")
        .allSatisfy(release -> assertThat(release.contentions()).isZero());
    assertThat(Hook.takeBlock())
        .hasSize(20)
        .allSatisfy(wait -> assertThat(wait.contentions()).isEqualTo(1));
  }

  private static void handOver(Object head, Object lock) {
    Hook.call(HOOK, "released", Hook.call(HOOK, "handingOver", head, lock));
  }

  private static void park(Object blocker) {
    long token = (long) Hook.call(HOOK, "parkBefore", blocker);
    LockSupport.parkNanos(blocker, TimeUnit.MINUTES.toNanos(1));
    Hook.call(HOOK, "parkAfter", token);
  }

  private static Thread startParked(Object blocker) {
    Thread thread = Daemon.start(() -> park(blocker));
    await().until(() -> LockSupport.getBlocker(thread) == blocker);
    return thread;
  }

  private static void end(Thread parked) throws InterruptedException {
    LockSupport.unpark(parked);
    parked.join();
  }

  /** What threads that wait for a semaphore park on. */
  private static Object syncOf(Semaphore semaphore) throws InterruptedException {
    Thread waiter = Daemon.start(semaphore::acquireUninterruptibly);
    await().until(() -> LockSupport.getBlocker(waiter) != null);
    Object sync = LockSupport.getBlocker(waiter);
    semaphore.release();
    waiter.join();
    return sync;
  }

  /** A lock that this thread holds and another one waits for. */
  private static final class QueuedLock {
    private final Lock lock;
    private final Thread waiter;
    private final Object sync;

    QueuedLock(Lock lock) {
      this.lock = lock;
      lock.lock();
      waiter = Daemon.start(lock::lock);
      await().until(() -> LockSupport.getBlocker(waiter) != null);
      sync = LockSupport.getBlocker(waiter);
    }

    Object head() throws IllegalAccessException {
      for (Class<?> type = sync.getClass(); type != null; type = type.getSuperclass()) {
        for (Field field : type.getDeclaredFields()) {
          if (field.getName().equals("head")) {
            field.setAccessible(true);
            return field.get(sync);
          }
        }
      }
      throw new AssertionError("no queue: " + sync);
    }
  }
}
