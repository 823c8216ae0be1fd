package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.file.Path;
import org.jvmpprof.it.programs.BystandersProgram;

/** Who wakes a waiter without having held the lock is not charged: whoever releases it is. */
class BystandersIT {
  private static final String PROGRAM = ".*BystandersProgram\\.";
  private static final String UNLOCK = "java\\.util\\.concurrent\\.locks\\.ReentrantLock\\.unlock";

  @OnEachJdk
  void mutex_firstWaiterGivesUp_chargesTheHolder(Java java) {
    onlyIsCharged(java, "givesUp", PROGRAM + "hold", UNLOCK);
  }

  @OnEachJdk
  void mutex_onlyWaiterGivesUp_chargesTheHolder(Java java) {
    onlyIsCharged(java, "givesUpAlone", PROGRAM + "hold", UNLOCK);
  }

  @OnEachJdk
  void mutex_waiterIsUnparkedByAStranger_chargesTheHolder(Java java) {
    onlyIsCharged(java, "unparks", PROGRAM + "hold", UNLOCK);
  }

  @OnEachJdk
  void mutex_readersLetEachOtherIn_chargesTheWriter(Java java) {
    onlyIsCharged(
        java,
        "reads",
        PROGRAM + "reads",
        "java\\.util\\.concurrent\\.locks\\.ReentrantReadWriteLock\\$WriteLock\\.unlock");
  }

  @OnEachJdk
  void mutex_stampedReadersLetEachOtherIn_chargesTheWriter(Java java) {
    onlyIsCharged(
        java,
        "readsStamped",
        PROGRAM + "readsStamped",
        "java\\.util\\.concurrent\\.locks\\.StampedLock\\.unlockWrite");
  }

  @OnEachJdk
  void mutex_holderAwaitsACondition_chargesTheHolder(Java java) {
    onlyIsCharged(java, "awaits", PROGRAM + "awaits", ".*ConditionObject\\.await");
  }

  private static void onlyIsCharged(Java java, String who, String method, String leaf) {
    Path profiles = java.directory().resolve("profiles");
    ChildJvm program =
        java.program(BystandersProgram.class)
            .agent(profiles, "block=1ns", "mutex=1")
            .args(who)
            .run();

    ContentionProfile charged = ContentionProfile.mutex(profiles).under(PROGRAM + ".*");
    assertThat(charged.under(method).delayNanos())
        .isCloseTo(program.value("nanos"), withinPercentage(5));
    // Waiters hold the lock, too, but for no time.
    assertThat(charged.delayNanos() - charged.under(method).delayNanos())
        .isLessThan(program.value("nanos") / 100);
    assertThat(charged.under(method).leaves()).singleElement().asString().matches(leaf);
    assertThat(charged.under(method).contentions()).isEqualTo(1);
  }
}
