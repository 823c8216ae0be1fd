package org.jvmpprof.agent.contention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.jvmpprof.agent.stack.Frame;

/** What ticks of a clock say about delays that stand for hundreds. */
class EstimatesTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long TICK_NANOS = 16 * MILLI;
  private static final int ROUNDS = 1_000;

  private final List<Frame> here = method("here");
  private final List<Frame> elsewhere = method("elsewhere");
  private final Estimates estimates = new Estimates();

  @Test
  void ofWaits_asManyAsTicksTell_areTrue() {
    assertThat(rounds(1, 0, () -> estimates.ofWaits(here, TICK_NANOS)))
        .isCloseTo(ROUNDS, withinPercentage(2));
  }

  @Test
  void ofWaits_manyTimesMore_areAsManyAsTicksTell() {
    double share = rounds(1, 0, () -> estimates.ofWaits(here, 30 * TICK_NANOS));
    assertThat(30 * share).isCloseTo(ROUNDS, withinPercentage(30));
  }

  @Test
  void ofWaits_fewAndNoTick_areTrue() {
    assertThat(estimates.ofWaits(here, 20 * MILLI)).isEqualTo(1);
  }

  @Test
  void ofWaits_onlyOthersAreTicked_areNone() {
    double share = rounds(0, 30, () -> estimates.ofWaits(here, TICK_NANOS));
    assertThat(share).isLessThan(ROUNDS / 10.0);
  }

  @Test
  void ofReleases_manyTimesMoreThanAnybodyWaits_areAsManyAsTicksTell() {
    double share = rounds(1, 0, () -> estimates.ofReleases(here, 30 * TICK_NANOS));
    assertThat(30 * share).isCloseTo(ROUNDS, withinPercentage(30));
  }

  @Test
  void ofReleases_asMuchAsOthersWaitInAnotherMethod_areTrue() {
    double share = rounds(0, 30, () -> estimates.ofReleases(here, 30 * TICK_NANOS));
    assertThat(share).isCloseTo(ROUNDS, withinPercentage(10));
  }

  @Test
  void ofReleases_asMuchAsOthersPark_areAsManyAsTicksTell() {
    double share =
        rounds(
            1,
            0,
            () -> {
              estimates.certain(elsewhere, 100 * TICK_NANOS);
              return estimates.ofReleases(here, 30 * TICK_NANOS);
            });
    assertThat(30 * share).isCloseTo(ROUNDS, withinPercentage(30));
  }

  @Test
  void ofReleases_asMuchAsWasTimed_areTrue() {
    double share =
        rounds(
            0,
            0,
            () -> {
              estimates.certain(here, 30 * TICK_NANOS);
              return estimates.ofReleases(here, 30 * TICK_NANOS);
            });
    assertThat(share).isCloseTo(ROUNDS, withinPercentage(2));
  }

  /** The sum of all shares. */
  private double rounds(int ticksHere, int ticksElsewhere, DoubleSupplier share) {
    double sum = 0;
    for (int round = 0; round < ROUNDS; round++) {
      estimates.nextRound();
      for (int i = 0; i < ticksHere; i++) {
        estimates.ticked(here, TICK_NANOS);
      }
      for (int i = 0; i < ticksElsewhere; i++) {
        estimates.ticked(elsewhere, TICK_NANOS);
      }
      sum += share.getAsDouble();
    }
    return sum;
  }

  private static List<Frame> method(String name) {
    return List.of(Frame.of(new StackTraceElement("acme.Shop", name, "Shop.java", 7)));
  }
}
