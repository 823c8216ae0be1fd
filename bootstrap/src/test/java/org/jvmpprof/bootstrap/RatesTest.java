package org.jvmpprof.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Go's rules, with synthetic events (runtime/pprof, TestBlockProfileBias). */
class RatesTest {
  private static final long RATE_NANOS = 1000;
  private static final int DRAIN_EVERY = 1000;

  private long contentions;
  private long delayNanos;

  @BeforeEach
  @AfterEach
  void off() {
    Hook.set(0, 0);
    Hook.call("JvmPprofChoice", "choose", 0, 0L);
    Hook.takeBlock();
    Hook.takeMutex();
    Hook.takeLost();
  }

  @Test
  void recordWait_manyShortOrFewLong_sumsAreUnbiased() {
    Hook.set(RATE_NANOS, 0);
    long mean = 0;
    for (int repetition = 0; repetition < 10; repetition++) {
      long before = delayNanos;
      waits(100_000, RATE_NANOS / 10, 1);
      assertThat(delayNanos - before).isCloseTo(10_000_000, withinPercentage(20));
      mean += (delayNanos - before) / 10;
      waits(10_000, RATE_NANOS, 1);
    }
    assertThat(mean).isCloseTo(10_000_000, withinPercentage(2));
    assertThat(delayNanos).isCloseTo(10 * 20_000_000L, withinPercentage(2));
    assertThat(contentions).isCloseTo(10 * 110_000, withinPercentage(2));
  }

  @Test
  void recordWait_ofTheRateOrLonger_isExact() {
    Hook.set(RATE_NANOS, 0);
    waits(100, RATE_NANOS, 1);
    waits(100, 5 * RATE_NANOS, 1);
    assertThat(contentions).isEqualTo(200);
    assertThat(delayNanos).isEqualTo(600 * RATE_NANOS);
  }

  @Test
  void recordSpin_shortOrLong_isTimeWithoutCountAndUnbiased() {
    Hook.set(RATE_NANOS, 0);
    for (int i = 0; i < 100_000; i++) {
      Hook.call("JvmPprofRates", "recordSpin", System.nanoTime(), i % 2 == 0 ? 300L : 2000L);
      if (i % DRAIN_EVERY == 0) {
        add(Hook.takeBlock());
      }
    }
    add(Hook.takeBlock());
    assertThat(contentions).isZero();
    assertThat(delayNanos).isCloseTo(50_000 * 2300L, withinPercentage(2));
  }

  @Test
  void recordWait_oneNanosecond_isEveryWait() {
    Hook.set(1, 0);
    waits(3000, 2, 1);
    assertThat(contentions).isEqualTo(3000);
    assertThat(delayNanos).isEqualTo(6000);
  }

  @Test
  void recordWait_countsThatAreNoWholeNumbers_areUnbiased() {
    Hook.set(RATE_NANOS, 0);
    waits(200_000, RATE_NANOS * 7 / 10, 1);
    assertThat(contentions).isCloseTo(200_000, withinPercentage(2));
    assertThat(delayNanos).isCloseTo(140_000_000, withinPercentage(2));
  }

  @Test
  void recordWait_oneOfSixteenTimed_countsForSixteen() {
    Hook.set(RATE_NANOS, 0);
    waits(100, 2 * RATE_NANOS, 16);
    waits(50_000, RATE_NANOS / 5, 16);
    assertThat(delayNanos).isCloseTo(3_200_000 + 160_000_000, withinPercentage(5));
  }

  @Test
  void choose_anyBits_chosenOnesStandForAll() {
    Thread thread = Thread.currentThread();
    for (int bits : new int[] {0, 1, 4, 8}) {
      Hook.call("JvmPprofChoice", "choose", bits, 4_000_000L);
      long sum = 0;
      for (int i = 0; i < 1_000_000; i++) {
        int random = (int) Hook.call("JvmPprofChance", "random", thread);
        sum +=
            (boolean) Hook.call("JvmPprofChoice", "isChosen", random)
                ? (int) Hook.call("JvmPprofChoice", "weight")
                : 0;
      }
      assertThat(sum).as("%s bits", bits).isCloseTo(1_000_000, withinPercentage(10));
    }
  }

  @Test
  void recordWait_off_recordsNothingAndKeepsWhatIsThere() {
    Hook.set(1, 0);
    Hook.recordWait(100, 1);
    Hook.set(0, 0);
    Hook.recordWait(100, 1);
    assertThat(Hook.takeBlock()).hasSize(1);
  }

  @Test
  void recordWait_nobodyDrains_isBoundedAndCounted() {
    Hook.set(1, 0);
    for (int i = 0; i < 10_000; i++) {
      Hook.recordWait(3, 1);
    }
    int kept = Hook.takeBlock().size();
    assertThat(kept).isLessThan(10_000);
    assertThat(Hook.takeLost()).containsExactly(10_000 - kept, 3L * (10_000 - kept), 0, 0);
    assertThat(Hook.takeLost()).containsOnly(0);
  }

  @Test
  void chosenCharge_anyFraction_hasTheSameExpectedSum() {
    long charge = Hook.charge(100, 1);
    for (int fraction : new int[] {1, 10, 100}) {
      Hook.set(0, fraction);
      long sum = 0;
      // As many are chosen with each.
      long releases = 30_000L * fraction;
      for (long i = 0; i < releases; i++) {
        sum += fraction * Hook.delayNanos(Hook.chosenCharge(charge));
      }
      assertThat(sum).as("1/" + fraction).isCloseTo(100 * releases, withinPercentage(5));
    }
  }

  @Test
  void recordMutex_shortOrLong_sumsAreUnbiased() {
    Hook.set(0, 4, RATE_NANOS);
    releases(400_000, RATE_NANOS * 3 / 10, 2);
    releases(40_000, 5 * RATE_NANOS, 1);
    long delay = 400_000 * RATE_NANOS * 3 / 10 + 40_000 * 5 * RATE_NANOS;
    assertThat(delayNanos).isCloseTo(delay, withinPercentage(4));
    assertThat(contentions).isCloseTo(840_000, withinPercentage(4));
  }

  @Test
  void recordMutex_muchShorterThanThreshold_countsForSome() {
    Hook.set(0, 1, 1000 * RATE_NANOS);
    releases(100_000, RATE_NANOS, 1);
    assertThat(delayNanos).isCloseTo(100_000 * RATE_NANOS, withinPercentage(25));
    assertThat(contentions).isCloseTo(100_000, withinPercentage(25));
    assertThat(contentions % 128).isZero();
  }

  @Test
  void recordMutex_longOnes_areAllThere() {
    Hook.set(0, 1, 256 * RATE_NANOS);
    releases(1000, 256 * RATE_NANOS, 1);
    assertThat(delayNanos).isEqualTo(256_000 * RATE_NANOS);
    assertThat(contentions).isEqualTo(1000);
  }

  @Test
  void chosenCharge_off_isNone() {
    Hook.set(1, 0);
    assertThat(Hook.chosenCharge(Hook.charge(1_000_000, 1))).isZero();
  }

  @Test
  void charge_anyDelayAndPowerOfTwo_keepsBoth() {
    for (long delay : new long[] {0, 1, 1_000_000_000, Long.MAX_VALUE >> 4}) {
      for (int contentions : new int[] {0, 1, 2, 256, 1 << 14}) {
        long charge = Hook.charge(delay, contentions);
        assertThat(Hook.delayNanos(charge)).isEqualTo(delay);
        assertThat(Hook.contentions(charge)).isEqualTo(contentions);
      }
    }
    assertThat(Hook.delayNanos(Hook.charge(Long.MAX_VALUE, 1))).isEqualTo(Long.MAX_VALUE >> 4);
    assertThat(Hook.charge(0, 0)).isZero();
  }

  private void waits(int times, long nanos, int weight) {
    for (int i = 0; i < times; i++) {
      Hook.recordWait(nanos, weight);
      if (i % DRAIN_EVERY == 0) {
        add(Hook.takeBlock());
      }
    }
    add(Hook.takeBlock());
  }

  private void releases(int times, long nanos, int weight) {
    for (int i = 0; i < times; i++) {
      long chosen = Hook.chosenCharge(Hook.charge(nanos, weight));
      if (chosen != 0) {
        Hook.call("JvmPprofRates", "recordMutex", chosen);
      }
      if (i % DRAIN_EVERY == 0) {
        add(Hook.takeMutex());
      }
    }
    add(Hook.takeMutex());
  }

  private void add(List<Hook.Recorded> events) {
    for (Hook.Recorded event : events) {
      contentions += event.contentions();
      delayNanos += event.delayNanos();
    }
  }
}
