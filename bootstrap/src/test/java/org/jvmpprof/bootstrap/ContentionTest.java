package org.jvmpprof.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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

/** What instrumented code calls, in its order, around real monitors. */
class ContentionTest {
  private static final String HOOK = "JvmPprofContention";
  private static final long SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long SLOW_ENTER_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

  private final Object lock = new Object();

  @BeforeEach
  void everything() {
    Hook.set(1, 1);
  }

  @AfterEach
  void off() {
    Hook.set(0, 0);
    Hook.call("JvmPprofChoice", "choose", 0, 0L);
    Hook.call("JvmPprofChoice", "chooseParks", 0);
    Hook.takeBlock();
    Hook.takeMutex();
  }

  @Test
  void before_freeLock_timesNothing() {
    assertThat(before(lock)).isZero();
    assertThat(before(null)).isZero();
  }

  @Test
  void before_heldAlready_timesNothing() {
    synchronized (lock) {
      assertThat(before(lock)).isZero();
    }
  }

  @Test
  void before_off_timesNothing() throws InterruptedException {
    Hook.set(0, 0);
    synchronized (lock) {
      Thread other = start(() -> assertThat(before(lock)).isZero());
      other.join();
    }
  }

  @Test
  void exit_nobodyWaits_chargesNothing() {
    synchronized (lock) {
      assertThat(exit(lock)).isZero();
    }
  }

  @Test
  void oneHolderSeveralWaiters_eachWaitIsChargedOnce() throws InterruptedException {
    List<Thread> waiters = new ArrayList<>();
    synchronized (lock) {
      for (int i = 0; i < 5; i++) {
        waiters.add(start(this::enterAndLeave));
      }
      waiters.forEach(waiter -> await().until(() -> waiter.getState() == Thread.State.BLOCKED));
      LockSupport.parkNanos(20 * SHORT_NANOS);
      released(exit(lock));
    }
    for (Thread waiter : waiters) {
      waiter.join();
    }
    List<Hook.Recorded> waits = Hook.takeBlock();
    List<Hook.Recorded> releases = Hook.takeMutex();
    long waited = waits.stream().mapToLong(Hook.Recorded::delayNanos).sum();
    long charged = releases.stream().mapToLong(Hook.Recorded::delayNanos).sum();
    assertThat(waits).hasSize(5);
    assertThat(waited).isGreaterThan(5 * 20 * SHORT_NANOS);
    assertThat(charged).isBetween(waited * 9 / 10, waited);
    assertThat(releases.get(0).threadId()).isEqualTo(id(Thread.currentThread()));
    assertThat(releases.get(0).delayNanos()).isGreaterThan(waited / 2);
  }

  @Test
  void enter_inflatedButFree_isNoWait() {
    inflate();
    for (int i = 0; i < 100; i++) {
      enterAndLeave();
    }
    // An enter that loses its core is not to be told from a wait for who has no hooks.
    assertThat(Hook.takeBlock())
        .allSatisfy(wait -> assertThat(wait.delayNanos()).isGreaterThan(SLOW_ENTER_NANOS));
  }

  @Test
  void enter_heldByWhoHasNoHooks_isAWait() throws InterruptedException {
    Thread waiter;
    synchronized (lock) {
      waiter = start(this::enterAndLeave);
      await().until(() -> waiter.getState() == Thread.State.BLOCKED);
      LockSupport.parkNanos(SHORT_NANOS);
    }
    waiter.join();
    assertThat(Hook.takeBlock()).hasSize(1);
  }

  @Test
  void parking_afterSpins_recordsTheirTimeOnce() {
    long since = spinning(0);
    LockSupport.parkNanos(SHORT_NANOS);
    assertThat(spinning(since)).as("goes on").isEqualTo(since);
    Hook.call("JvmPprofSpins", "parking", since);
    assertThat(Hook.takeBlock())
        .singleElement()
        .satisfies(spin -> assertThat(spin.contentions()).isZero())
        .satisfies(spin -> assertThat(spin.delayNanos()).isPositive());
  }

  @Test
  void parking_withoutSpinsOrOff_recordsNothing() {
    Hook.call("JvmPprofSpins", "parking", 0L);
    Hook.set(0, 0);
    assertThat(spinning(0)).isZero();
    assertThat(Hook.takeBlock()).isEmpty();
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
        start(
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
  void exit_waitBeganWhileMutexWasOff_chargesNothing() throws InterruptedException {
    Hook.set(1, 0);
    Thread waiter;
    synchronized (lock) {
      waiter = start(this::enterAndLeave);
      await().until(() -> waiter.getState() == Thread.State.BLOCKED);
      Hook.set(1, 1);
      LockSupport.parkNanos(SHORT_NANOS);
      assertThat(exit(lock)).isZero();
    }
    waiter.join();
    assertThat(Hook.takeBlock()).hasSize(1);
  }

  @Test
  void after_waitBeganWhileBlockWasOff_recordsNothing() throws InterruptedException {
    Hook.set(0, 1);
    Thread waiter;
    synchronized (lock) {
      waiter = start(this::enterAndLeave);
      await().until(() -> waiter.getState() == Thread.State.BLOCKED);
      Hook.set(1, 1);
      LockSupport.parkNanos(SHORT_NANOS);
      assertThat(exit(lock)).isPositive();
    }
    waiter.join();
    assertThat(Hook.takeBlock()).isEmpty();
  }

  @Test
  void exit_tenThousandWaiters_chargesAll() {
    Object waiters = Hook.make("JvmPprofWaiters");
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      int number = random.nextInt();
      assertThat((int) Hook.on(waiters, "enter", lock, Thread.currentThread(), number, 0L, 1))
          .isNotNegative();
    }
    long later = System.nanoTime() + 1_000_000_000;
    long charge = charge(waiters, later, Hook.anybody());
    assertThat(Hook.delayNanos(charge)).isGreaterThanOrEqualTo(10_000L * 1_000_000_000);
    assertThat(Hook.contentions(charge)).isEqualTo(1);
    assertThat(charge(waiters, later, Hook.anybody())).isZero();
  }

  @Test
  void charge_fewOfTheWaitersAreKnown_countsForTheOneThatIsWoken() {
    Object waiters = Hook.make("JvmPprofWaiters");
    Thread known = Thread.currentThread();
    Thread other = new Thread(() -> {});
    for (int i = 0; i < 2; i++) {
      assertThat((int) Hook.on(waiters, "enter", lock, known, i, 0L, 8)).isNotNegative();
    }
    long second = 1_000_000_000;
    long later = System.nanoTime() + second;
    assertThat(Hook.contentions(charge(waiters, later, Hook.anybody())))
        .as("for the first time")
        .isEqualTo(8);
    assertThat(Hook.contentions(charge(waiters, later + second, Hook.anybody()))).isZero();
    assertThat(Hook.contentions(charge(waiters, later + 2 * second, known))).isEqualTo(8);
    long unknown = charge(waiters, later + 3 * second, other);
    assertThat(Hook.delayNanos(unknown)).isEqualTo(2 * 8 * second);
    assertThat(Hook.contentions(unknown)).isZero();
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

  @Test
  void choosy_manyEnters_longWaitIsSeenThoughFewAreTimed() throws InterruptedException {
    Hook.set(10_000, 0);
    for (int i = 0; i < 20; i++) {
      Hook.call("JvmPprofChoice", "choose", 6, TimeUnit.MILLISECONDS.toNanos(4));
      Thread waiter;
      synchronized (lock) {
        waiter = start(this::enterAndLeave);
        await().until(() -> waiter.getState() == Thread.State.BLOCKED);
        LockSupport.parkNanos(30_000_000);
        Hook.call("JvmPprofChoice", "tick");
      }
      waiter.join();
      assertThat(Hook.takeBlock())
          .singleElement()
          .satisfies(wait -> assertThat(wait.contentions()).isEqualTo(1))
          .satisfies(wait -> assertThat(wait.delayNanos()).isGreaterThan(25_000_000));
    }
  }

  @Test
  void sweep_waiterThatNeverEnded_isForgotten() throws InterruptedException {
    Thread leaver = start(this::waitAndBegin);
    leaver.join();
    synchronized (lock) {
      assertThat(exit(lock)).as("still there").isPositive();
      for (int i = 0; i < 20; i++) {
        Hook.call("JvmPprofRates", "sweep");
      }
      assertThat(exit(lock)).isZero();
    }
  }

  private void enterAndLeave() {
    long token = before(lock);
    synchronized (lock) {
      Hook.call(HOOK, "after", token);
      released(exit(lock));
    }
  }

  /** Leaves the lock inflated and a wait begun. */
  private void waitAndBegin() {
    inflate();
    assertThat(before(lock)).isPositive();
  }

  @SuppressWarnings("WaitNotInLoop") // which inflates it, for whatever reason it ends
  private void inflate() {
    synchronized (lock) {
      try {
        lock.wait(1);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static void park(Object blocker) {
    long token = (long) Hook.call(HOOK, "parkBefore", blocker);
    LockSupport.parkNanos(blocker, TimeUnit.MINUTES.toNanos(1));
    Hook.call(HOOK, "parkAfter", token);
  }

  private static Thread startParked(Object blocker) {
    Thread thread = start(() -> park(blocker));
    await().until(() -> LockSupport.getBlocker(thread) == blocker);
    return thread;
  }

  private static void end(Thread parked) throws InterruptedException {
    LockSupport.unpark(parked);
    parked.join();
  }

  /** What threads that wait for a semaphore park on. */
  private static Object syncOf(Semaphore semaphore) throws InterruptedException {
    Thread waiter = start(semaphore::acquireUninterruptibly);
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
      waiter = start(lock::lock);
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

  private static long spinning(long since) {
    return (long) Hook.call("JvmPprofSpins", "spinning", since);
  }

  private static long before(Object lock) {
    return (long) Hook.call(HOOK, "before", lock);
  }

  private static long exit(Object lock) {
    return (long) Hook.call(HOOK, "exit", lock);
  }

  private long charge(Object waiters, long now, Object woken) {
    return (long) Hook.on(waiters, "charge", lock, now, 0L, woken);
  }

  private static void handOver(Object head, Object lock) {
    released((long) Hook.call(HOOK, "handingOver", head, lock));
  }

  private static void released(long token) {
    Hook.call(HOOK, "released", token);
  }

  @SuppressWarnings("deprecation") // Thread.threadId() exists from 19 on
  private static long id(Thread thread) {
    return thread.getId();
  }

  private static Thread start(Runnable body) {
    Thread thread = new Thread(body);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
