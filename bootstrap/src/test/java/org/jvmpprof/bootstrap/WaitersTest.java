package org.jvmpprof.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who waits for which lock, and what whoever releases it is charged with. */
class WaitersTest {
  private final Object lock = new Object();
  private final Object waiters = Hook.make("JvmPprofWaiters");

  @Test
  void charge_tenThousandWaiters_isOfAll() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(enter(new Thread(() -> {}), 1)).isNotNegative();
    }
    long later = System.nanoTime() + 1_000_000_000;
    long charge = charge(later, Hook.anybody());
    assertThat(Hook.delayNanos(charge)).isGreaterThanOrEqualTo(10_000L * 1_000_000_000);
    assertThat(Hook.contentions(charge)).isEqualTo(1);
    assertThat(charge(later, Hook.anybody())).isZero();
  }

  @Test
  void charge_fewOfTheWaitersAreKnown_countsForTheOneThatIsWoken() {
    Thread known = Thread.currentThread();
    Thread other = new Thread(() -> {});
    for (int i = 0; i < 2; i++) {
      assertThat(enter(known, 8)).isNotNegative();
    }
    long second = 1_000_000_000;
    long later = System.nanoTime() + second;
    assertThat(Hook.contentions(charge(later, Hook.anybody())))
        .as("for the first time")
        .isEqualTo(8);
    assertThat(Hook.contentions(charge(later + second, Hook.anybody()))).isZero();
    assertThat(Hook.contentions(charge(later + 2 * second, known))).isEqualTo(8);
    long unknown = charge(later + 3 * second, other);
    assertThat(Hook.delayNanos(unknown)).isEqualTo(2 * 8 * second);
    assertThat(Hook.contentions(unknown)).isZero();
  }

  private int enter(Thread thread, int weight) {
    return (int) Hook.on(waiters, "enter", lock, thread, 0L, weight);
  }

  private long charge(long now, Object woken) {
    return (long) Hook.on(waiters, "charge", lock, now, 0L, woken);
  }
}
