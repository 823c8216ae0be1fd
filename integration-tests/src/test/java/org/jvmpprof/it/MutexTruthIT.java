package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.file.Path;
import java.util.List;
import org.jvmpprof.it.programs.AlternatingProgram;
import org.jvmpprof.it.programs.HoldersProgram;

/** Go's TestMutexProfile: the time of the waiters is charged to who held them up. */
class MutexTruthIT {
  private static final long MILLI = 1_000_000;

  /** After the release a waiter is woken and waits for a core, longer on a busy machine. */
  private static final int LATENCY_PERCENT = 15;

  private static final String HOLD = ".*HoldersProgram\\$\\w+\\.hold";
  private static final String ENTER = ".*HoldersProgram\\$\\w+\\.enter";

  @OnEachJdk
  void synchronizedBlock_fiveWaiters_chargesTheHolder(Java java) {
    chargesTheHolder(java, "block", HOLD);
  }

  @OnEachJdk
  void synchronizedMethod_fiveWaiters_chargesTheHolder(Java java) {
    chargesTheHolder(java, "method", HOLD);
  }

  @OnEachJdk
  void reentrantLock_fiveWaiters_chargesTheHolder(Java java) {
    chargesTheHolder(java, "lock", "java\\.util\\.concurrent\\.locks\\.ReentrantLock\\.unlock");
  }

  @OnEachJdk
  void writeLock_fiveWaiters_chargesTheHolder(Java java) {
    chargesTheHolder(
        java,
        "write",
        "java\\.util\\.concurrent\\.locks\\.ReentrantReadWriteLock\\$WriteLock\\.unlock");
  }

  @OnEachJdk
  void stampedLock_fiveWaiters_chargesTheHolder(Java java) {
    chargesTheHolder(
        java, "stamped", "java\\.util\\.concurrent\\.locks\\.StampedLock\\.unlockWrite");
  }

  @OnEachJdk
  void mutex_hundredWaiters_isTheirTime(Java java) {
    for (String kind : List.of("block", "lock")) {
      Profiles profiles = run(java, kind, 100, 100, 1);

      assertThat(profiles.mutex.under(HOLD).delayNanos())
          .as(kind)
          .isBetween(9_000 * MILLI, profiles.nanos * 11 / 10);
    }
  }

  @OnEachJdk
  void mutex_anyFraction_hasTheSameExpectedCount(Java java) {
    for (int fraction : new int[] {1, 10, 100}) {
      Path profiles = java.directory().resolve("1in" + fraction);
      ChildJvm program =
          java.program(AlternatingProgram.class).agent(profiles, "mutex=" + fraction).run();

      // What did not fit in counts, too.
      long contentions =
          ContentionProfile.mutex(profiles)
              .under(".*(AlternatingProgram|lostProfileEvent).*")
              .contentions();
      assertThat(contentions)
          .as("1 in %s", fraction)
          .isCloseTo(program.value("contended"), withinPercentage(25));
    }
  }

  /** One holder, five waiters, 200 ms. */
  private static void chargesTheHolder(Java java, String kind, String leaf) {
    Profiles profiles = run(java, kind, 5, 200, 1);

    ContentionProfile held = profiles.mutex.under(HOLD);
    assertThat(held.leaves()).singleElement().asString().matches(leaf);
    assertThat(held.contentions()).isEqualTo(1);
    assertThat(held.delayNanos()).isBetween(900 * MILLI, profiles.nanos * 11 / 10);
    ContentionProfile waited = profiles.block.under(ENTER);
    assertThat(waited.contentions()).isEqualTo(5);
    assertThat(waited.delayNanos()).isCloseTo(profiles.nanos, withinPercentage(LATENCY_PERCENT));
    assertThat(profiles.mutex.under(".*HoldersProgram.*").delayNanos())
        .isCloseTo(waited.delayNanos(), withinPercentage(LATENCY_PERCENT));
    assertThat(profiles.mutex.under(".*HoldersProgram.*").rows())
        .allMatch(row -> row.stack().labels().isEmpty());
  }

  private static Profiles run(Java java, String kind, int waiters, long millis, int times) {
    ChildJvm program =
        java.program(HoldersProgram.class)
            .agent(java.directory().resolve(kind), "block=1ns", "mutex=1")
            .args(kind, String.valueOf(waiters), String.valueOf(millis), String.valueOf(times))
            .run();
    return new Profiles(
        ContentionProfile.block(java.directory().resolve(kind)),
        ContentionProfile.mutex(java.directory().resolve(kind)),
        program.value("nanos"));
  }

  /** What a run gave, and what its waiters have waited by their own clocks. */
  private record Profiles(ContentionProfile block, ContentionProfile mutex, long nanos) {}
}
