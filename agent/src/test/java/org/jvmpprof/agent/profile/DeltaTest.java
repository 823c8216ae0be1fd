package org.jvmpprof.agent.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.stack.Function;
import org.jvmpprof.agent.stack.Stack;
import org.jvmpprof.agent.stack.StackTable;

class DeltaTest {
  private final StackTable stacks = new StackTable(100, 100);
  private final Stack a = stack("a");
  private final Stack b = stack("b");

  @Test
  void between_rowsOfBoth_areSubtractedAndZerosLeftOut() {
    Snapshot delta =
        Delta.between(
            snapshot(100, row(a, Labels.NONE, 1, 10), row(b, Labels.NONE, 2, 20)),
            snapshot(350, row(a, Labels.NONE, 4, 40), row(b, Labels.NONE, 2, 20)));
    assertThat(delta.rows()).containsExactly(row(a, Labels.NONE, 3, 30));
    assertThat(delta.epochNanos()).isEqualTo(350);
    assertThat(delta.durationNanos()).isEqualTo(250);
    assertThat(delta.type()).isEqualTo(ProfileType.BLOCK);
  }

  @Test
  void between_equalStacks_areKeptApartByLabels() {
    Labels labels = Labels.of("k", "v");
    Snapshot delta =
        Delta.between(
            snapshot(1, row(a, Labels.NONE, 1, 1)),
            snapshot(2, row(a, Labels.NONE, 1, 1), row(a, labels, 5, 5)));
    assertThat(delta.rows()).containsExactly(row(a, labels, 5, 5));
  }

  @Test
  void between_rowThatIsGone_isNegative() {
    Snapshot delta = Delta.between(snapshot(1, row(a, Labels.NONE, 7, 0)), snapshot(2));
    assertThat(delta.rows()).containsExactly(row(a, Labels.NONE, -7, 0));
  }

  @Test
  void between_oneValueWithoutChange_keepsTheRow() {
    Snapshot delta =
        Delta.between(
            snapshot(1, row(a, Labels.NONE, 7, 1)), snapshot(2, row(a, Labels.NONE, 7, 2)));
    assertThat(delta.rows()).containsExactly(row(a, Labels.NONE, 0, 1));
  }

  @Test
  void between_nothing_keepsTypesAndPeriod() {
    Snapshot delta = Delta.between(snapshot(1), snapshot(2));
    assertThat(delta).isEqualTo(new Snapshot(ProfileType.BLOCK, 1, 2, 1, List.of()));
  }

  private static Snapshot snapshot(long epochNanos, Row... rows) {
    return new Snapshot(ProfileType.BLOCK, 1, epochNanos, 0, Arrays.asList(rows));
  }

  private static Row row(Stack stack, Labels labels, long... values) {
    return new Row(stack, labels, Arrays.stream(values).boxed().toList());
  }

  private Stack stack(String function) {
    return stacks.intern(List.of(new Frame(Function.named(function), 1)));
  }
}
