package org.jvmpprof.agent.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.stack.Function;
import org.jvmpprof.agent.stack.Stack;
import org.jvmpprof.agent.stack.StackTable;

class LargestTest {
  private final StackTable stacks = new StackTable(100, 100);
  private final Stack a = stacks.intern(List.of(new Frame(Function.named("a"), 1)));
  private final Stack rest = stacks.intern(List.of(new Frame(Largest.REST, 0)));

  @Test
  void of_tooManyRows_keepsTheLargestAndAllSums() {
    Snapshot all =
        snapshot(row("one", 9, 10), row("two", 1, 300), row("three", 2, -200), row("four", 5, 20));
    assertThat(Largest.of(all, 3, rest))
        .isEqualTo(
            snapshot(
                row("two", 1, 300),
                row("three", 2, -200),
                new Row(rest, Labels.NONE, List.of(14L, 30L))));
  }

  @Test
  void of_rowsThatFit_changesNothing() {
    Snapshot all = snapshot(row("one", 1, 1), row("two", 2, 2), row("three", 3, 3));
    assertThat(Largest.of(all, 3, rest)).isSameAs(all);
  }

  private Row row(String label, long count, long amount) {
    return new Row(a, Labels.of("k", label), List.of(count, amount));
  }

  private static Snapshot snapshot(Row... rows) {
    return new Snapshot(ProfileType.BLOCK, 1, 100, 50, Arrays.asList(rows));
  }
}
