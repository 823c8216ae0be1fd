package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrowingSpanTest {
  private final List<Duration> spans = new ArrayList<>();

  @Test
  void from_boundHoldsAtOnce_measuresOnce() {
    GrowingSpan.from(Duration.ofSeconds(1), spans::add);

    assertThat(spans).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void from_boundNeverHolds_doublesTwiceAndFails() {
    assertThatThrownBy(() -> GrowingSpan.from(Duration.ofSeconds(1), this::fail))
        .isInstanceOf(AssertionError.class)
        .hasMessage("PT4S");
    assertThat(spans)
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
  }

  private void fail(Duration span) {
    spans.add(span);
    throw new AssertionError(span);
  }
}
