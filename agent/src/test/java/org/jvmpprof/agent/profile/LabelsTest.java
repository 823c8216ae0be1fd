package org.jvmpprof.agent.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Go's TestContextLabels, as far as sets of labels go. */
class LabelsTest {
  private static final Label A = new Label("a", "1", 0);
  private static final Label B = new Label("b", "2", 0);

  @Test
  void with_anyOrder_isSortedByKey() {
    assertThat(Labels.NONE.with(B).with(A).list()).containsExactly(A, B);
    assertThat(Labels.NONE.with(B).with(A)).isEqualTo(Labels.NONE.with(A).with(B));
    assertThat(Labels.NONE.with(B).with(A)).hasSameHashCodeAs(Labels.NONE.with(A).with(B));
  }

  @Test
  void with_sameKey_replaces() {
    Label other = new Label("a", "other", 0);
    assertThat(Labels.of("a", "1").with(B).with(other).list()).containsExactly(other, B);
  }

  @Test
  void with_otherLabels_theyWin() {
    Labels outer = Labels.of("a", "1").with(B);
    Labels inner = Labels.of("a", "3").with(new Label("c", "", 4));
    assertThat(outer.with(inner).list())
        .containsExactly(new Label("a", "3", 0), B, new Label("c", "", 4));
    assertThat(outer.list()).containsExactly(A, B);
  }

  @Test
  void with_none_isTheSame() {
    assertThat(Labels.NONE.with(Labels.of("a", "1"))).isEqualTo(Labels.of("a", "1"));
    assertThat(Labels.of("a", "1").with(Labels.NONE)).isEqualTo(Labels.of("a", "1"));
    assertThat(Labels.NONE.list()).isEmpty();
  }

  @Test
  void equals_otherValueOrNumber_isNot() {
    assertThat(Labels.of("a", "1")).isNotEqualTo(Labels.of("a", "2"));
    assertThat(new Label("a", "", 1)).isNotEqualTo(new Label("a", "", 2));
    assertThat(Labels.of("a", "1")).isNotEqualTo("a");
  }
}
