package org.jvmpprof.agent.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

class RoundsTest {
  @Test
  void advance_afterCollection_knowsTheRoundsBefore() {
    Rounds rounds = new Rounds();
    rounds.next();
    rounds.next();
    assertThat(rounds.collected()).isEqualTo(Rounds.NONE);
    System.gc();
    rounds.next();
    assertThat(rounds.advance()).isTrue();
    assertThat(rounds.collected()).isEqualTo(1);
    assertThat(rounds.current()).isEqualTo(3);
    assertThat(rounds.advance()).isFalse();
  }

  @Test
  void next_farMoreRoundsThanAreKept_advancesToTheLast() {
    boolean[] collects = {false};
    Rounds rounds =
        new Rounds() {
          @Override
          boolean isGone(WeakReference<Object> object) {
            return collects[0];
          }
        };
    for (int i = 0; i < 100_000; i++) {
      rounds.next();
    }
    assertThat(rounds.advance()).isFalse();
    collects[0] = true;
    assertThat(rounds.advance()).isTrue();
    assertThat(rounds.collected()).isEqualTo(99_999);
  }
}
