package org.jvmpprof.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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
      Thread other = Daemon.start(() -> assertThat(before(lock)).isZero());
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
        waiters.add(Daemon.start(this::enterAndLeave));
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
      waiter = Daemon.start(this::enterAndLeave);
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
  void exit_waitBeganWhileMutexWasOff_chargesNothing() throws InterruptedException {
    Hook.set(1, 0);
    Thread waiter;
    synchronized (lock) {
      waiter = Daemon.start(this::enterAndLeave);
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
      waiter = Daemon.start(this::enterAndLeave);
      await().until(() -> waiter.getState() == Thread.State.BLOCKED);
      Hook.set(1, 1);
      LockSupport.parkNanos(SHORT_NANOS);
      assertThat(exit(lock)).isPositive();
    }
    waiter.join();
    assertThat(Hook.takeBlock()).isEmpty();
  }

  @Test
  void choosy_manyEnters_longWaitIsSeenThoughFewAreTimed() throws InterruptedException {
    Hook.set(10_000, 0);
    for (int i = 0; i < 20; i++) {
      Hook.call("JvmPprofChoice", "choose", 6, TimeUnit.MILLISECONDS.toNanos(4));
      Thread waiter;
      synchronized (lock) {
        waiter = Daemon.start(this::enterAndLeave);
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
  void after_clockTicksOverAnEnterThatIsNotTimed_saysSo() {
    inflate();
    Hook.call("JvmPprofChoice", "choose", 6, TimeUnit.MILLISECONDS.toNanos(4));
    // One in four ticks of 4 ms is recorded, and counts for four.
    for (int i = 0; i < 100; i++) {
      long token = untimed();
      LockSupport.parkNanos(4_000_000);
      Hook.call(HOOK, "after", token);
      Hook.call("JvmPprofChoice", "tick");
      Hook.call(HOOK, "after", token);
    }
    assertThat(Hook.takeBlock())
        .filteredOn(wait -> wait.contentions() < 0)
        .isNotEmpty()
        .allSatisfy(tick -> assertThat(tick.contentions()).isEqualTo(Long.MIN_VALUE))
        .allSatisfy(tick -> assertThat(tick.delayNanos()).isGreaterThanOrEqualTo(16_000_000));
  }

  @Test
  void sweep_waiterThatNeverEnded_isForgotten() throws InterruptedException {
    Thread leaver = Daemon.start(this::waitAndBegin);
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

  /** An enter that is not one of the few that are chosen. */
  private long untimed() {
    long token = before(lock);
    while (token >= 0) {
      // The JVM takes monitors back that nobody uses.
      inflate();
      token = before(lock);
    }
    return token;
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

  private static long spinning(long since) {
    return (long) Hook.call("JvmPprofSpins", "spinning", since);
  }

  private static long before(Object lock) {
    return (long) Hook.call(HOOK, "before", lock);
  }

  private static long exit(Object lock) {
    return (long) Hook.call(HOOK, "exit", lock);
  }

  private static void released(long token) {
    Hook.call(HOOK, "released", token);
  }

  @SuppressWarnings("deprecation") // Thread.threadId() exists from 19 on
  private static long id(Thread thread) {
    return thread.getId();
  }
}
