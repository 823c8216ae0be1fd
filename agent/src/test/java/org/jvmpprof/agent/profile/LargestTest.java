package org.jvmpprof.agent.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.jvmpprof.agent.encode.RepeatedProfile;
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
    assertThat(Largest.of(all, 3, 10_000, rest))
        .isEqualTo(
            snapshot(
                row("two", 1, 300),
                row("three", 2, -200),
                new Row(rest, Labels.NONE, List.of(14L, 30L))));
  }

  @Test
  void of_rowsThatFit_changesNothing() {
    Snapshot all = snapshot(row("one", 1, 1), row("two", 2, 2), row("three", 3, 3));
    assertThat(Largest.of(all, 3, 10_000, rest)).isSameAs(all);
  }

  @Test
  void of_deepRows_areEncodedInSoManyBytes() throws IOException {
    StackTable deep = new StackTable(20_000, 200_000);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 16_000; i++) {
      List<Frame> frames = new ArrayList<>();
      for (int depth = 0; depth < 128; depth++) {
        Function function = Function.java("com.acme.Class" + (i + depth) % 1000, "method" + depth);
        frames.add(new Frame(function, i % 2));
      }
      rows.add(new Row(deep.intern(frames), Labels.of("i", "" + i), List.of(1L, (long) i)));
    }
    Snapshot all = new Snapshot(ProfileType.BLOCK, 1, 100, 50, rows);

    Snapshot cut = Largest.of(all, 16_000, 4 << 20, rest);

    byte[] gzip = RepeatedProfile.once(cut, "app", List.of());
    int bytes = new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes().length;
    assertThat(bytes).isBetween(3 << 20, 4 << 20);
    assertThat(sum(cut, 0)).isEqualTo(sum(all, 0));
    assertThat(sum(cut, 1)).isEqualTo(sum(all, 1));
    assertThat(cut.rows().get(0)).isEqualTo(rows.get(15_999));
    assertThat(cut.rows().get(cut.rows().size() - 1).stack()).isEqualTo(rest);
  }

  private static long sum(Snapshot snapshot, int value) {
    return snapshot.rows().stream().mapToLong(row -> row.values().get(value)).sum();
  }

  private Row row(String label, long count, long amount) {
    return new Row(a, Labels.of("k", label), List.of(count, amount));
  }

  private static Snapshot snapshot(Row... rows) {
    return new Snapshot(ProfileType.BLOCK, 1, 100, 50, Arrays.asList(rows));
  }
}
