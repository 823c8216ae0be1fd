package org.jvmpprof.agent.contention;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How many are chosen, by how many were. */
class ChosenTest {
  private static final int MAX = 100;

  private final Chosen chosen = new Chosen(MAX);
  private int count = Integer.MAX_VALUE - MAX / 2;

  @Test
  void choose_few_areAllChosen() {
    chosen.forget(count);
    assertThat(after(MAX)).isZero();
    assertThat(after(0)).isZero();
  }

  @Test
  void choose_manyThenFew_isHalvedAndComesBack() {
    chosen.forget(count);
    assertThat(after(MAX + 1)).isEqualTo(1);
    assertThat(after(10 * MAX)).isEqualTo(2);
    assertThat(after(MAX / 2)).isEqualTo(2);
    assertThat(after(MAX / 4 - 1)).isEqualTo(1);
    assertThat(after(0)).isZero();
    assertThat(chosen.bits()).isZero();
  }

  @Test
  void choose_farTooManyForLong_isOneIn256AtMost() {
    chosen.forget(count);
    for (int round = 0; round < 20; round++) {
      after(10 * MAX);
    }
    assertThat(chosen.bits()).isEqualTo(8);
  }

  @Test
  void choose_everythingIsAskedFor_areAllChosen() {
    chosen.forget(count);
    after(10 * MAX);
    count += 10 * MAX;
    assertThat(chosen.choose(count, true)).isZero();
  }

  private int after(int more) {
    count += more;
    return chosen.choose(count, false);
  }
}
