package org.jvmpprof.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

class VainWaitsTest {
  private final Object waits = Hook.make("JvmPprofVainWaits");
  private final Object lock = new Object();

  @Test
  void take_afterSeveral_isTheirSumOnce() {
    add(lock, 3);
    add(new Object(), 100);
    add(lock, 4);
    assertThat(take(lock)).isEqualTo(7);
    assertThat(take(lock)).isZero();
  }

  @Test
  void take_someStandForMany_countsForTheirWeight() {
    add(lock, 3, 1);
    add(lock, 32, 8);
    assertThat(Hook.contentions(takeCharge(lock))).isEqualTo(8);
    add(lock, 3, 1);
    assertThat(Hook.contentions(takeCharge(lock))).isEqualTo(1);
  }

  @Test
  void take_all_leavesNone() {
    assertThat(isEmpty()).isTrue();
    add(lock, 3);
    assertThat(isEmpty()).isFalse();
    take(lock);
    assertThat(isEmpty()).isTrue();
  }

  @Test
  void add_moreLocksThanFit_keepsTheFirst() {
    Object[] locks = new Object[100];
    for (int i = 0; i < locks.length; i++) {
      locks[i] = new Object();
      add(locks[i], i + 1);
    }
    assertThat(take(locks[63])).isEqualTo(64);
    assertThat(take(locks[64])).isZero();
    add(locks[64], 5);
    assertThat(take(locks[64])).isEqualTo(5);
  }

  @Test
  void sweep_lockThatIsNoMore_forgetsIt() {
    add(new Object(), 3);
    await()
        .until(
            () -> {
              System.gc();
              Hook.on(waits, "sweep");
              return isEmpty();
            });
  }

  private void add(Object of, long delayNanos) {
    add(of, delayNanos, 1);
  }

  private void add(Object of, long delayNanos, int weight) {
    Hook.on(waits, "add", of, delayNanos, weight);
  }

  private long take(Object of) {
    return Hook.delayNanos(takeCharge(of));
  }

  private long takeCharge(Object of) {
    return (long) Hook.on(waits, "take", of);
  }

  private boolean isEmpty() {
    return (boolean) Hook.on(waits, "isEmpty");
  }
}
