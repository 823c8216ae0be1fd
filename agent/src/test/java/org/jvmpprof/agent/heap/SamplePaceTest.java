package org.jvmpprof.agent.heap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SamplePaceTest {
  private static final long DEFAULT = 512 << 10;
  private static final long TENTH = 100_000_000;

  private final SamplePace pace = new SamplePace();
  private long now = 5;

  private void second(int samplesInATenth) {
    for (int i = 0; i < 10; i++) {
      now += TENTH;
      pace.adapt(samplesInATenth, now);
    }
  }

  @Test
  void adapt_thousandSamplesASecond_changesNothing() {
    pace.configure(DEFAULT, now);
    second(100);
    second(100);
    assertThat(pace.doublings()).isZero();
    assertThat(pace.about()).isEmpty();
  }

  @Test
  void adapt_burstOfATenth_changesNothing() {
    pace.configure(DEFAULT, now);
    now += TENTH;
    assertThat(pace.adapt(900, now)).isFalse();
    for (int i = 0; i < 9; i++) {
      now += TENTH;
      assertThat(pace.adapt(0, now)).isFalse();
    }
  }

  @Test
  void adapt_twoThousandASecond_doublesOnceAndGoesBackWhenFewCome() {
    pace.configure(DEFAULT, now);
    second(200);
    assertThat(pace.doublings()).isEqualTo(1);
    assertThat(pace.about()).isPresent();
    second(100);
    second(SamplePace.FEW / 10);
    assertThat(pace.doublings()).isEqualTo(1);
    second(SamplePace.FEW / 10 - 1);
    assertThat(pace.doublings()).isZero();
  }

  @Test
  void adapt_farTooMany_doublesAsOftenAsItTakes() {
    pace.configure(DEFAULT, now);
    second(2000);
    assertThat(pace.doublings()).isEqualTo(5);
    pace.configure(DEFAULT, now);
    assertThat(pace.doublings()).isZero();
  }

  @Test
  void adapt_meanBelowTheDefault_isAsAskedFor() {
    pace.configure(DEFAULT - 1, now);
    second(100_000);
    assertThat(pace.doublings()).isZero();
  }
}
