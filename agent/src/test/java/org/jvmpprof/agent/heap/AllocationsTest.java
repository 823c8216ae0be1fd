package org.jvmpprof.agent.heap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllocationsTest {
  @ParameterizedTest
  @CsvSource({
    // The numbers of Go's TestConvertMemProfile.
    "4, 4096, 524288, 2050, 2099200",
    "3, 3072, 524288, 1537, 1574400",
    "1, 524288, 524288, 1, 829411",
    // As sampled, for a rate of 1 and for nothing.
    "7, 700, 1, 7, 700",
    "0, 0, 524288, 0, 0",
    "1, 0, 524288, 0, 0",
    // Whatever is much larger than the mean is always sampled.
    "3, 300000000, 524288, 3, 300000000",
  })
  void scaled_byMean_isAsInGo(
      long objects, long bytes, long mean, long trueObjects, long trueBytes) {
    assertThat(new Allocations(objects, bytes).scaled(mean))
        .isEqualTo(new Allocations(trueObjects, trueBytes));
  }
}
