package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.jvmpprof.it.programs.HoldersProgram;

/** A long wait is never lost to sampling. */
class EverydayWaitIT {
  private static final String LOCK = "java\\.util\\.concurrent\\.locks\\.ReentrantLock\\.lock";
  private static final String UNLOCK = "java\\.util\\.concurrent\\.locks\\.ReentrantLock\\.unlock";

  @OnEachJdk
  void locks_eachHeldForAMoment_allWaitsAreThere(Java java) {
    ChildJvm program = holders(java, "lock", 60, 20);

    waitsAre(20, ContentionProfile.block(java.profiles()).endingIn(LOCK), program);
    waitsAre(20, ContentionProfile.mutex(java.profiles()).endingIn(UNLOCK), program);
  }

  @OnEachJdk
  void monitors_eachHeldForAMoment_allWaitsAreThere(Java java) {
    ChildJvm program = holders(java, "block", 60, 20);

    waitsAre(20, ContentionProfile.block(java.profiles()).endingIn(".*\\.enter"), program);
    waitsAre(20, ContentionProfile.mutex(java.profiles()).endingIn(".*\\.hold"), program);
  }

  /** From the program's first statement on, as often as the system property says. */
  @OnEachJdk
  void lock_heldForThreeSeconds_isInBoth(Java java) {
    for (int run = 0; run < Integer.getInteger("jvmpprof.test.runs", 1); run++) {
      Path profiles = java.directory().resolve("run" + run);
      ChildJvm program = holders(java, profiles, "lock", "3000", "1", "at once");

      waitsAre(1, ContentionProfile.block(profiles).endingIn(LOCK), program);
      waitsAre(1, ContentionProfile.mutex(profiles).endingIn(UNLOCK), program);
    }
  }

  @OnEachJdk
  void queue_emptyForASecond_isInBlockOnly(Java java) {
    ChildJvm program = holders(java, "queue", 1_000, 1);

    waitsAre(
        1,
        ContentionProfile.block(java.profiles())
            .endingIn("java\\.util\\.concurrent\\.LinkedBlockingQueue\\.take"),
        program);
    assertThat(ContentionProfile.mutex(java.profiles()).under(".*HoldersProgram.*").rows())
        .isEmpty();
  }

  /** One waiter each; default options, but that every contended release is recorded. */
  private static ChildJvm holders(Java java, String kind, long millis, int times) {
    return holders(java, java.profiles(), kind, String.valueOf(millis), String.valueOf(times));
  }

  private static ChildJvm holders(Java java, Path profiles, String kind, String... more) {
    return java.program(HoldersProgram.class)
        .agent(profiles, "mutex=1")
        .args(Stream.concat(Stream.of(kind, "1"), Stream.of(more)).toArray(String[]::new))
        .run();
  }

  private static void waitsAre(int count, ContentionProfile profile, ChildJvm program) {
    assertThat(profile.contentions()).isEqualTo(count);
    assertThat(profile.delayNanos()).isCloseTo(program.value("nanos"), withinPercentage(5));
  }
}
