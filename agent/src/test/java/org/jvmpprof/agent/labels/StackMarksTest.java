package org.jvmpprof.agent.labels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.stack.Function;

class StackMarksTest {
  private static final int[] FIRST_LINES = {10, 40, 70, 100};

  private final StackMarks marks = new StackMarks(FIRST_LINES);

  @Test
  void id_noMarks_isNone() {
    assertThat(marks.id(List.of())).isEqualTo(StackMarks.NONE);
    assertThat(marks.id(stack("work", "main"))).isEqualTo(StackMarks.NONE);
  }

  @Test
  void id_nestedScopes_isTheOneNearestToTheLeaf() {
    assertThat(marks.id(stack("work", "d4", "c3", "b2", "a1", "outer", "d8", "c0", "b0", "a0")))
        .isEqualTo(0x1234);
  }

  @Test
  void id_scopeBeingEnteredOrLeft_isTheOuterOne() {
    List<String> outer = List.of("execute", "outer", "d8", "c0", "b0", "a15", "main");
    List<String> inner = List.of("d4", "c3", "b2", "a1");
    for (int begun = 0; begun <= inner.size(); begun++) {
      List<String> all = new ArrayList<>(inner.subList(inner.size() - begun, inner.size()));
      all.addAll(outer);
      assertThat(marks.id(stack(all.toArray(String[]::new)))).as("%s", all).isEqualTo(0xF008);
    }
  }

  @Test
  void id_markOnNoLineOfACall_isTheOuterOne() {
    for (String notACall : List.of("d-1", "d16", "d17")) {
      assertThat(marks.id(stack("stub", notACall, "c3", "b2", "a1", "d8", "c0", "b0", "a0")))
          .isEqualTo(8);
    }
    assertThat(marks.id(stack("stub", "d4", "c-1", "b2", "a1"))).isEqualTo(StackMarks.NONE);
  }

  /** Frames by name, leaf first; a mark is its level and its digit. */
  private static List<Frame> stack(String... names) {
    return List.of(names).stream().map(StackMarksTest::frame).toList();
  }

  private static Frame frame(String name) {
    if (!name.matches("[abcd]-?\\d+")) {
      return new Frame(Function.named(name), 1);
    }
    int line = FIRST_LINES[name.charAt(0) - 'a'] + Integer.parseInt(name.substring(1));
    return new Frame(Function.named("java.lang.JvmPprofMarks." + name.charAt(0)), line);
  }
}
