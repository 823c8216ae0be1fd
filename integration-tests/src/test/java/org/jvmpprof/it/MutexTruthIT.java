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

  private static final String HOLD = ".*HoldersProgram\\$\\w+\\.hold(AndThrow)?";
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
  void synchronizedBlock_leftByAnException_chargesTheHolder(Java java) {
    chargesTheHolder(java, "thrown", HOLD);
  }

  @OnEachJdk
  void synchronizedMethod_leftByAnException_chargesTheHolder(Java java) {
    chargesTheHolder(java, "thrownMethod", HOLD);
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

  @OnEachJdk(25)
  void everyLock_virtualThreads_chargesTheHolder(Java java) {
    String locks = "java\\.util\\.concurrent\\.locks\\.";
    chargesTheHolder(java, "virtual-block", HOLD);
    chargesTheHolder(java, "virtual-method", HOLD);
    chargesTheHolder(java, "virtual-lock", locks + "ReentrantLock\\.unlock");
    chargesTheHolder(java, "virtual-write", locks + "ReentrantReadWriteLock\\$WriteLock\\.unlock");
    chargesTheHolder(java, "virtual-stamped", locks + "StampedLock\\.unlockWrite");
  }

  @OnEachJdk(25)
  void mutex_tenThousandVirtualWaiters_isTheirTime(Java java) {
    Profiles profiles = run(java, "virtual-lock", 10_000, 100, 0);

    assertThat(profiles.mutex.under(HOLD).delayNanos()).isBetween(900_000 * MILLI, profiles.nanos);
  }

  @OnEachJdk
  void mutex_hundredWaiters_isTheirTime(Java java) {
    for (String kind : List.of("block", "lock")) {
      Profiles profiles = run(java, kind, 100, 100, 0);

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

  /** One holder, five waiters, 200 ms; as often as the system property says. */
  private static void chargesTheHolder(Java java, String kind, String leaf) {
    for (int run = 0; run < Integer.getInteger("jvmpprof.test.runs", 1); run++) {
      Profiles profiles = run(java, kind, 5, 200, run);

      ContentionProfile held = profiles.mutex.under(HOLD);
      assertThat(held.leaves()).singleElement().asString().matches(leaf);
      assertThat(held.contentions()).isEqualTo(1);
      assertThat(held.delayNanos()).isBetween(900 * MILLI, profiles.nanos * 11 / 10);
      ContentionProfile waited = profiles.block.under(ENTER);
      assertThat(waited.contentions()).isEqualTo(5);
      assertThat(waited.delayNanos()).isCloseTo(profiles.nanos, withinPercentage(5));
      ContentionProfile charged = profiles.mutex.under(".*HoldersProgram.*");
      System.out.printf(
          "%s: waited %d us, charged %d us, handed over %d us%n",
          kind,
          waited.delayNanos() / 1000,
          charged.delayNanos() / 1000,
          profiles.handoverNanos / 1000);
      assertThat(charged.delayNanos())
          .as("without the time from a release until the next thread had a core")
          .isCloseTo(waited.delayNanos() - profiles.handoverNanos, withinPercentage(5));
      assertThat(charged.rows()).allMatch(row -> row.stack().labels().isEmpty());
    }
  }

  private static Profiles run(Java java, String kind, int waiters, long millis, int run) {
    Path profiles = java.directory().resolve(kind + run);
    ChildJvm program =
        java.program(HoldersProgram.class)
            .agent(profiles, "block=1ns", "mutex=1")
            .args(kind, String.valueOf(waiters), String.valueOf(millis), "1")
            .run();
    return new Profiles(
        ContentionProfile.block(profiles),
        ContentionProfile.mutex(profiles),
        program.value("nanos"),
        program.value("handover"));
  }

  /**
   * What a run gave.
   *
   * @param nanos what its waiters have waited by their own clocks
   * @param handoverNanos how much of it nobody held the lock
   */
  private record Profiles(
      ContentionProfile block, ContentionProfile mutex, long nanos, long handoverNanos) {}
}
