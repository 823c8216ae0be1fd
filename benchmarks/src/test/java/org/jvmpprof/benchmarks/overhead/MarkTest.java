package org.jvmpprof.benchmarks.overhead;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkTest {

  @Test
  void parse_ownLine_isTheSameMark() {
    Mark mark = new Mark(-5, 123);
    assertThat(mark.line()).startsWith(Mark.PREFIX);
    assertThat(Mark.parse(mark.line())).isEqualTo(mark);
  }
}
