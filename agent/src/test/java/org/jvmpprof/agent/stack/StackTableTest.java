package org.jvmpprof.agent.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StackTableTest {
  private static final int PLENTY = 1000;

  @Test
  void intern_equalStacks_areOneObject() {
    StackTable table = new StackTable(PLENTY, PLENTY);
    assertThat(table.intern(stack("leaf:1", "root:2")))
        .isSameAs(table.intern(stack("leaf:1", "root:2")))
        .isNotSameAs(table.intern(stack("leaf:2", "root:2")));
  }

  @Test
  void intern_samePlaceInTwoStacks_hasOneAddress() {
    StackTable table = new StackTable(PLENTY, PLENTY);
    Stack one = table.intern(stack("a:1", "root:9"));
    Stack two = table.intern(stack("b:1", "root:9"));
    assertThat(one.locations().get(1)).isSameAs(two.locations().get(1));
  }

  @Test
  void intern_anyPlaces_haveDistinctNonZeroAddresses() {
    StackTable table = new StackTable(PLENTY, PLENTY);
    Set<Long> addresses = new HashSet<>();
    for (int line : new int[] {-1, 1, 255, 65_535}) {
      for (String function : List.of("a", "b")) {
        Frame frame = new Frame(Function.named(function), line);
        addresses.add(table.intern(List.of(frame)).locations().get(0).address());
      }
    }
    assertThat(addresses).hasSize(8).doesNotContain(0L);
  }

  @Test
  void intern_deeperThanTheLimit_keepsTheLeafSide() {
    StackTable table = new StackTable(PLENTY, PLENTY);
    List<Frame> deep = new ArrayList<>(Collections.nCopies(StackTable.MAX_DEPTH, frame("in:1")));
    deep.add(0, frame("leaf:1"));
    List<Location> places = table.intern(deep).locations();
    assertThat(places).hasSize(StackTable.MAX_DEPTH);
    assertThat(places.get(0).function().name()).isEqualTo("leaf");
  }

  @Test
  void intern_fullOfStacks_givesOverflowThatSaysSo() {
    StackTable table = new StackTable(1, PLENTY);
    Stack first = table.intern(stack("a:1"));
    assertThat(table.intern(stack("b:1"))).isSameAs(table.overflow());
    assertThat(table.intern(stack("a:1"))).isSameAs(first);
    assertThat(table.overflow().locations().get(0).function().name())
        .isEqualTo("jvmpprof.stackTableFull");
  }

  @Test
  void intern_fullOfPlaces_givesOverflow() {
    StackTable table = new StackTable(PLENTY, 2);
    table.intern(stack("a:1", "b:1"));
    assertThat(table.intern(stack("c:1"))).isSameAs(table.overflow());
  }

  @Test
  void sweep_full_forgetsWhatIsNotLiveAndMakesRoom() {
    StackTable table = new StackTable(2, PLENTY);
    Stack live = table.intern(stack("live:1"));
    Stack gone = table.intern(stack("gone:1"));
    long goneAddress = gone.locations().get(0).address();
    table.sweep(List.of(consumer -> consumer.accept(live)));
    assertThat(table.intern(stack("live:1"))).isSameAs(live);
    Stack newcomer = table.intern(stack("new:1"));
    assertThat(newcomer).isNotSameAs(table.overflow());
    assertThat(newcomer.locations().get(0).address()).isNotEqualTo(goneAddress);
  }

  @Test
  void sweep_notHalfFull_forgetsNothing() {
    StackTable table = new StackTable(PLENTY, PLENTY);
    Stack known = table.intern(stack("a:1"));
    table.sweep(List.of());
    assertThat(table.intern(stack("a:1"))).isSameAs(known);
  }

  /** Frames as {@code function:line}, leaf first. */
  private static List<Frame> stack(String... frames) {
    return List.of(frames).stream().map(StackTableTest::frame).toList();
  }

  private static Frame frame(String text) {
    String[] parts = text.split(":", 2);
    return new Frame(Function.named(parts[0]), Integer.parseInt(parts[1]));
  }
}
