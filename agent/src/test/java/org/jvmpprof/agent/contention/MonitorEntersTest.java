package org.jvmpprof.agent.contention;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MonitorEntersTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "0, 10000, 0",
    "0, 10001, 16000",
    "16000, 10001, 32000",
    "16000000, 1000000, 16000000",
    "32000, 10000, 32000",
    "32000, 1250, 16000",
    "16000, 1250, 0",
  })
  void adapted_manyOrFewEvents_growsOrShrinks(long thresholdNanos, int events, long expected) {
    assertThat(MonitorEnters.adapted(thresholdNanos, events)).isEqualTo(expected);
  }
}
