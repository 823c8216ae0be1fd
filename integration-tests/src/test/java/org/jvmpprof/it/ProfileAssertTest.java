package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileAssertTest {
  @TempDir Path directory;

  private CpuProfile profile = CpuProfile.of(List.of());

  @BeforeEach
  void writeTwoFiles() throws IOException {
    TestProfiles.empty()
        .with(6, "Main.hot", "Main.work", "Main.main")
        .with(1, "Main.work", "Main.main")
        .with(1, "[jvm] GC")
        .writeTo(directory, "1");
    TestProfiles.empty().with(2, "Main.hot", "Main.work", "Main.main").writeTo(directory, "2");
    profile = CpuProfile.in(directory);
  }

  @Test
  void in_equalStacksOfTwoFiles_areMerged() {
    assertThat(profile.nanos()).hasSize(3);
    assertThat(profile.totalNanos()).isEqualTo(100_000_000);
  }

  @Test
  void under_function_leavesOnlyItsStacks() {
    assertThat(profile.under("Main\\..*").totalNanos()).isEqualTo(90_000_000);
  }

  @Test
  void assertions_trueStatements_pass() {
    ProfileAssert.assertThat(profile)
        .isValid()
        .hasFlatShareOfAtLeast("Main.hot", 0.8)
        .hasCumulativeShare("Main.work", 0.91, 0.02)
        .hasStack("Main.hot", "Main.main")
        .hasNoStackWith("Main.sleep")
        .hasTotalNanosCloseTo(104_000_000, withinPercentage(5))
        .hasTotalNanosOfAtLeast(100_000_000);
  }

  @Test
  void assertions_falseStatements_fail() {
    ProfileAssert that = ProfileAssert.assertThat(profile);

    fails(() -> that.hasFlatShareOfAtLeast("Main.work", 0.11));
    fails(() -> that.hasCumulativeShare("Main.work", 0.93, 0.02));
    fails(() -> that.hasCumulativeShare("Main.work", 0.87, 0.02));
    fails(() -> that.hasStack("Main.main", "Main.hot"));
    fails(() -> that.hasNoStackWith("Main.hot"));
    fails(() -> that.hasTotalNanosCloseTo(106_000_000, withinPercentage(5)));
    fails(() -> that.hasTotalNanosCloseTo(95_000_000, withinPercentage(5)));
    fails(() -> that.hasTotalNanosOfAtLeast(100_000_001));
  }

  @Test
  void assertions_nothingThere_fail() {
    ProfileAssert that = ProfileAssert.assertThat(CpuProfile.in(directory.resolve("none")));

    fails(that::isValid);
    fails(() -> that.hasFlatShareOfAtLeast("Main.hot", 0));
    fails(() -> that.hasCumulativeShare("Main.hot", 0, 1));
    fails(() -> that.hasStack("Main.hot"));
  }

  @Test
  void isValid_oneFileBreaksARule_fails() throws IOException {
    TestProfiles.write(TestProfiles.empty().build().clearTimeNanos(), directory, "3");

    fails(() -> ProfileAssert.assertThat(CpuProfile.in(directory)).isValid());
  }

  private static void fails(ThrowingCallable assertion) {
    assertThatThrownBy(assertion).isInstanceOf(AssertionError.class);
  }
}
