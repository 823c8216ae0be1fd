package org.jvmpprof.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1);
  private final Budget budget = new Budget(nanoTime::get);

  @Test
  void begin_secondOfWork_isCredit() {
    spendMillis(1000);
    assertThat(budget.begin(false)).isTrue();
  }

  @Test
  void begin_moreThanCredit_waitsUntilItIsPaidFor() {
    spendMillis(1010);
    assertThat(budget.begin(false)).isFalse();
    passMillis(499);
    assertThat(budget.begin(false)).isFalse();
    passMillis(1);
    assertThat(budget.begin(false)).isTrue();
  }

  @Test
  void begin_moreThanCredit_anywayIsTrue() {
    spendMillis(2000);
    assertThat(budget.begin(true)).isTrue();
  }

  @Test
  void begin_anyDebt_waitsFiveSecondsAtMost() {
    spendMillis(1_000_000);
    passMillis(4999);
    assertThat(budget.begin(false)).isFalse();
    passMillis(1);
    assertThat(budget.begin(false)).isTrue();
  }

  @Test
  void begin_requestsThatHaveNotEnded_countAsTenMillisEach() {
    int begun = 0;
    while (budget.begin(false)) {
      begun++;
    }
    assertThat(begun).isEqualTo(101);
    budget.end();
    assertThat(budget.begin(false)).isTrue();
  }

  @Test
  void begin_longIdle_isNoMoreCredit() {
    passMillis(1_000_000);
    spendMillis(1010);
    assertThat(budget.begin(false)).isFalse();
  }

  @Test
  void begin_hourOfRequests_takesFiftiethOfTheTime() {
    int begun = 0;
    for (int millis = 0; millis < 3_600_000; millis += 20) {
      if (budget.begin(false)) {
        begun++;
        spendMillis(8);
        budget.end();
      }
      passMillis(20);
    }
    assertThat(begun * 8).isBetween(72_000, 73_100);
  }

  private void spendMillis(long millis) {
    budget.spend(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private void passMillis(long millis) {
    nanoTime.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
