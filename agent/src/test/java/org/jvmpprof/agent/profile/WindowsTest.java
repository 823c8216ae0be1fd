package org.jvmpprof.agent.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.stack.Function;
import org.jvmpprof.agent.stack.Stack;
import org.jvmpprof.agent.stack.StackTable;

class WindowsTest {
  private final Stack stack =
      new StackTable(10, 10).intern(List.of(new Frame(Function.named("f"), 1)));
  private final Windows windows = new Windows(ProfileType.CPU, 10);

  @Test
  void window_samplesAroundItsEnds_hasThoseInside() {
    Windows.Window window = windows.open(100);
    window.end(200);
    addAt(99, 100, 199, 200);
    assertThat(window.snapshot())
        .isEqualTo(new Snapshot(ProfileType.CPU, 10, 100, 100, List.of(row(2, 20))));
  }

  @Test
  void window_sampleThatArrivesAfterTheEnd_belongsToIt() {
    Windows.Window window = windows.open(100);
    addAt(150);
    window.end(200);
    addAt(160);
    assertThat(window.snapshot().rows()).containsExactly(row(2, 20));
  }

  @Test
  void windows_sideBySide_haveTheirOwnSamples() {
    Windows.Window first = windows.open(100);
    addAt(110);
    Windows.Window second = windows.open(120);
    addAt(130);
    first.end(140);
    addAt(150);
    second.end(160);
    assertThat(first.snapshot().rows()).containsExactly(row(2, 20));
    assertThat(second.snapshot().rows()).containsExactly(row(2, 20));
    assertThat(second.snapshot().durationNanos()).isEqualTo(40);
  }

  @Test
  void end_twice_keepsTheEarlier() {
    Windows.Window window = windows.open(100);
    window.end(200);
    window.end(300);
    assertThat(window.snapshot().durationNanos()).isEqualTo(100);
  }

  @Test
  void close_anyWindow_takesAndHoldsNothing() {
    Windows.Window window = windows.open(100);
    addAt(110);
    assertThat(held()).containsExactly(stack);
    window.close();
    addAt(120);
    window.end(130);
    assertThat(window.snapshot().rows()).containsExactly(row(1, 10));
    assertThat(held()).isEmpty();
  }

  private List<Stack> held() {
    List<Stack> held = new ArrayList<>();
    windows.forEachStack(held::add);
    return held;
  }

  private void addAt(long... epochNanos) {
    for (long at : epochNanos) {
      windows.add(new Sample(at, stack, Labels.NONE, 1, 10));
    }
  }

  private Row row(long samples, long nanos) {
    return new Row(stack, Labels.NONE, List.of(samples, nanos));
  }
}
