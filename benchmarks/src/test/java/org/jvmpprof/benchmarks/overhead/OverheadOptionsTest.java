package org.jvmpprof.benchmarks.overhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverheadOptionsTest {

  @Test
  void parse_quickThenAnOption_changesOnlyThat() {
    OverheadOptions quick = parse("--quick");
    OverheadOptions changed = parse("--quick --rounds 3");
    assertThat(changed.rounds()).isEqualTo(3);
    assertThat(changed.measuredNanos()).isEqualTo(quick.measuredNanos());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--seconds 0.5 --starts 2", "--locks --rounds 3"})
  void commandLine_parsedAgain_isTheSame(String line) {
    OverheadOptions options = parse(line);
    String arguments = options.commandLine().replace("benchmarks/overhead ", "");
    assertThat(parse(arguments)).isEqualTo(options);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--rounds", "--rounds 0", "--seconds x", "--seconds -1", "--help", "--no 1"})
  void parse_malformed_saysWhatIsAllowed(String arguments) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(arguments))
        .withMessage(OverheadOptions.USAGE);
  }

  private static OverheadOptions parse(String arguments) {
    return OverheadOptions.parse(arguments.split(" ", -1));
  }
}
