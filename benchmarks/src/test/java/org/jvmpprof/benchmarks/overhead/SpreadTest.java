package org.jvmpprof.benchmarks.overhead;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

  @Test
  void of_oneNumber_isThatNumberThrice() {
    assertThat(Spread.of(List.of(7.0))).isEqualTo(new Spread(7, 7, 7));
  }

  @Test
  void of_unsortedNumbers_interpolatesQuartiles() {
    assertThat(Spread.of(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(new Spread(1.75, 2.5, 3.25));
  }

  @Test
  void against_ratio_comparesWithinEachRound() {
    Spread spread = Spread.against(Metric.Against.RATIO, List.of(100.0, 10.0), List.of(50.0, 5.0));
    assertThat(spread).isEqualTo(new Spread(0.5, 0.5, 0.5));
  }

  @Test
  void against_difference_keepsTheSign() {
    Spread spread = Spread.against(Metric.Against.DIFFERENCE, List.of(40.0), List.of(38.0));
    assertThat(spread.text("%+.0f")).isEqualTo("-2");
  }

  @Test
  void text_differentNumbers_showsTheQuartiles() {
    assertThat(Spread.of(List.of(1.0, 2.0, 3.0)).text("%.1f")).isEqualTo("2.0 (1.5 … 2.5)");
  }
}
