package org.jvmpprof.agent.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PacerTest {
  private final Pacer pacer = new Pacer(1_000, 10_000, 100);

  @Test
  void pauseNanos_cheapRounds_isTheShortest() {
    pacer.pauseNanos(10);
    assertThat(pacer.pauseNanos(10)).isEqualTo(1_000);
  }

  @Test
  void pauseNanos_oneCostlyRound_isTheShortest() {
    assertThat(pacer.pauseNanos(90)).isEqualTo(1_000);
    assertThat(pacer.pauseNanos(5)).isEqualTo(1_000);
  }

  @Test
  void pauseNanos_costlyRounds_keepsTheirShare() {
    pacer.pauseNanos(50);
    assertThat(pacer.pauseNanos(40)).isEqualTo(4_000);
  }

  @Test
  void pauseNanos_veryCostlyRounds_isTheLongest() {
    pacer.pauseNanos(5_000);
    assertThat(pacer.pauseNanos(5_000)).isEqualTo(10_000);
  }
}
