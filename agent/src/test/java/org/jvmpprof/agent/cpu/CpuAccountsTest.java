package org.jvmpprof.agent.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.jvmpprof.agent.cpu.CpuAccounts.Due;

class CpuAccountsTest {
  private final CpuAccounts accounts = new CpuAccounts(10);

  @Test
  void charge_usedBeforeOpen_isNotCounted() {
    accounts.open(ids(1), nanos(500));
    assertThat(accounts.charge(ids(1), nanos(509), 1000)).isEmpty();
    assertThat(accounts.charge(ids(1), nanos(510), 1000)).containsExactly(new Due(1, 1));
  }

  @Test
  void charge_partOfPeriod_isCarriedOn() {
    accounts.open(ids(1), nanos(0));
    assertThat(accounts.charge(ids(1), nanos(27), 1000)).containsExactly(new Due(1, 2));
    assertThat(accounts.charge(ids(1), nanos(29), 1000)).isEmpty();
    assertThat(accounts.charge(ids(1), nanos(45), 1000)).containsExactly(new Due(1, 2));
  }

  @Test
  void charge_newThread_countsFromZero() {
    accounts.open(ids(1), nanos(100));
    assertThat(accounts.charge(ids(1, 2), nanos(100, 25), 1000)).containsExactly(new Due(2, 2));
  }

  @Test
  void charge_newThreadWithMoreThanThereWas_isNewToJavaOnly() {
    accounts.open(ids(1), nanos(100));
    assertThat(accounts.charge(ids(1, 2), nanos(100, 5000), 25)).isEmpty();
    assertThat(accounts.charge(ids(1, 2), nanos(100, 5010), 25)).containsExactly(new Due(2, 1));
  }

  @Test
  void charge_endedThread_isLeftOut() {
    accounts.open(ids(1, 2), nanos(0, 0));
    assertThat(accounts.charge(ids(1, 2), nanos(-1, 10), 1000)).containsExactly(new Due(2, 1));
  }

  @Test
  void charge_idleThread_hasNoSample() {
    accounts.open(ids(1), nanos(3));
    assertThat(accounts.charge(ids(1), nanos(3), 1000)).isEmpty();
  }

  @Test
  void charge_clockRunsBackwards_hasNoSample() {
    accounts.open(ids(1), nanos(100));
    assertThat(accounts.charge(ids(1), nanos(60), 1000)).isEmpty();
  }

  private static long[] ids(long... ids) {
    return ids;
  }

  private static long[] nanos(long... nanos) {
    return nanos;
  }
}
