package org.jvmpprof.agent.contention;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The threshold by how many releases were recorded. */
class MutexThresholdTest {
  private static final int MAX = 100;

  private final MutexThreshold threshold = new MutexThreshold(MAX);

  @Test
  void adapt_few_isNone() {
    threshold.adapt(MAX);
    assertThat(threshold.nanos()).isZero();
  }

  @Test
  void adapt_many_isRaisedInProportionAndComesBack() {
    threshold.adapt(10 * MAX);
    assertThat(threshold.nanos()).isEqualTo(20 * MutexThreshold.MIN_NANOS);
    threshold.adapt(MAX / 2);
    assertThat(threshold.nanos()).as("enough").isEqualTo(20 * MutexThreshold.MIN_NANOS);
    for (int round = 0; round < 5; round++) {
      threshold.adapt(0);
    }
    assertThat(threshold.nanos()).isZero();
  }

  @Test
  void adapt_farTooManyForLong_hasALimit() {
    for (int round = 0; round < 100; round++) {
      threshold.adapt(Integer.MAX_VALUE);
    }
    assertThat(threshold.nanos()).isEqualTo(MutexThreshold.MAX_NANOS);
    threshold.reset();
    assertThat(threshold.nanos()).isZero();
  }
}
