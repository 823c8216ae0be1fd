package org.jvmpprof.agent.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LostSamplesTest {
  private static final long PERIOD = 10;
  private static final long BASELINE = 7_000;

  private final LostSamples lost = new LostSamples(PERIOD, BASELINE);

  @Test
  void take_allArrived_isZero() {
    lost.arrived(100);
    assertThat(lost.take(BASELINE + 1_000, 0)).isZero();
  }

  @Test
  void take_someMissing_isTheirNumberOnce() {
    lost.arrived(70);
    assertThat(lost.take(BASELINE + 1_000, 0)).isEqualTo(30);
    assertThat(lost.take(BASELINE + 1_000, 0)).isZero();
  }

  @Test
  void take_missingWhatLiveThreadsMayHoldBack_isZero() {
    lost.arrived(96);
    assertThat(lost.take(BASELINE + 1_000, 8)).isZero();
  }

  @Test
  void take_lateArrivals_areMadeUpFor() {
    assertThat(lost.take(BASELINE + 100, 0)).isEqualTo(10);
    lost.arrived(10);
    assertThat(lost.take(BASELINE + 200, 0)).isZero();
  }

  @Test
  void take_processClockStandsStill_isZero() {
    assertThat(lost.take(0, 0)).isZero();
  }
}
