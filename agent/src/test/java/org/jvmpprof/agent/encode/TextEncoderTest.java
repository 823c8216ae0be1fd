package org.jvmpprof.agent.encode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvmpprof.agent.profile.Label;
import org.jvmpprof.agent.profile.Labels;
import org.jvmpprof.agent.profile.ProfileType;
import org.jvmpprof.agent.profile.Row;
import org.jvmpprof.agent.profile.Snapshot;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.stack.Function;
import org.jvmpprof.agent.stack.Stack;
import org.jvmpprof.agent.stack.StackTable;

class TextEncoderTest {
  private final StackTable stacks = new StackTable(100, 100);
  // The table's own place has the first number.
  private final Stack run = stack("com.acme.Main.run", 16, "Main.main", 3);
  private final Stack short1 = stack("A.b", 1);

  @Test
  void counts_rows_areSortedByCountThenAddressAndExplained() {
    assertThat(
            text(
                ProfileType.GOROUTINE,
                row(short1, Labels.NONE, 2),
                row(run, Labels.NONE, 50),
                row(run, Labels.of("k", "v").with(new Label("a", "x\"\n", 0)), 2)))
        .isEqualTo(
            """
            goroutine profile: total 54
            50 @ 0x20010 0x30003
            #\t0x20010\tcom.acme.Main.run+0x10\tcom/acme/Main.java:16
            #\t0x30003\tMain.main+0x3\t\tMain.java:3

            2 @ 0x20010 0x30003
            # labels: {"a":"x\\"\\n", "k":"v"}
            #\t0x20010\tcom.acme.Main.run+0x10\tcom/acme/Main.java:16
            #\t0x30003\tMain.main+0x3\t\tMain.java:3

            2 @ 0x40001
            #\t0x40001\tA.b+0x1\tA.java:1

            """);
  }

  @Test
  void counts_nothing_isTheHeader() {
    assertThat(text(ProfileType.counting("com.acme.sessions")))
        .isEqualTo("com.acme.sessions profile: total 0\n");
  }

  @Test
  void delays_block_areSortedByDelay() {
    assertThat(
            text(
                ProfileType.BLOCK,
                row(run, Labels.NONE, 9, 100),
                row(short1, Labels.NONE, 1, 5000)))
        .startsWith(
            """
            --- contention:
            cycles/second=1000000000
            5000 1 @ 0x40001
            #\t0x40001\tA.b+0x1\tA.java:1

            100 9 @ 0x20010 0x30003
            """);
  }

  @Test
  void delays_mutex_haveTheFraction() {
    assertThat(text(ProfileType.MUTEX))
        .isEqualTo("--- mutex:\ncycles/second=1000000000\nsampling period=10\n");
  }

  @Test
  void memory_heap_isSortedByBytesInUseAndEndsInStatistics() {
    assertThat(
            text(
                ProfileType.HEAP,
                row(run, Labels.NONE, 3, 300, 2, 200),
                row(short1, sizes(100), 5, 500, 1, 100)))
        .isEqualTo(
            """
            heap profile: 3: 300 [8: 800] @ heap/1048576
            1: 100 [5: 500] @ 0x40001
            #\t0x40001\tA.b+0x1\tA.java:1

            2: 200 [3: 300] @ 0x20010 0x30003
            #\t0x20010\tcom.acme.Main.run+0x10\tcom/acme/Main.java:16
            #\t0x30003\tMain.main+0x3\t\tMain.java:3


            # runtime.MemStats
            """);
  }

  @Test
  void memory_nothingFreed_isNoProfileWithoutAllocations() {
    assertThat(text(ProfileType.ALLOCS, row(short1, Labels.NONE, 1, 100, 1, 100)))
        .startsWith("heap profile: 1: 100 [1: 101] @ heap/1048576\n");
  }

  @Test
  void quoted_anyText_isAsGoQuotesIt() {
    assertThat(GoText.quoted("a\tb\\ \u0001\u007f é😀\u00a0\u200b\ue000"))
        .isEqualTo("\"a\\tb\\\\ \\x01\\x7f é😀\\u00a0\\u200b\\ue000\"");
  }

  private String text(ProfileType type, Row... rows) {
    return new TextEncoder(10, () -> List.of("", "# runtime.MemStats"))
        .encode(new Snapshot(type, 512 << 10, 1, 0, Arrays.asList(rows)));
  }

  private static Labels sizes(long bytes) {
    return Labels.NONE.with(new Label("bytes", "", bytes));
  }

  private static Row row(Stack stack, Labels labels, long... values) {
    return new Row(stack, labels, Arrays.stream(values).boxed().toList());
  }

  private Stack stack(String leaf, int line) {
    return stacks.intern(List.of(frame(leaf, line)));
  }

  private Stack stack(String leaf, int line, String caller, int callerLine) {
    return stacks.intern(List.of(frame(leaf, line), frame(caller, callerLine)));
  }

  private static Frame frame(String name, int line) {
    int dot = name.lastIndexOf('.');
    return new Frame(Function.java(name.substring(0, dot), name.substring(dot + 1)), line);
  }
}
