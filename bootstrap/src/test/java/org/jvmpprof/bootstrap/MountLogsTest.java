package org.jvmpprof.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.LongBinaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The thread of the test stands for a carrier. */
@Timeout(60)
class MountLogsTest {
  private static final long NONE = -1;

  /** Makes a log grow some times. */
  private static final int MANY = 100_000;

  private final Object logs = Hook.make("JvmPprofMountLogs");
  private final Object table = Hook.make("JvmPprofLabelTable");
  private final Object one = labels("one");
  private final Object two = labels("two");
  private Object log;

  @BeforeEach
  void on() {
    want(true);
    log = Hook.call("JvmPprofMountLogs", "ofCarrier");
  }

  @AfterEach
  void off() {
    want(false);
  }

  @Test
  void at_timesBetweenChanges_isWhatWasAddedBefore() {
    long first = add(one);
    long second = add(null);
    long third = add(two);
    long fourth = add(one);

    assertThat(valueAt(first)).isEqualTo("one");
    assertThat(idAt(second)).isEqualTo(NONE);
    assertThat(valueAt(third)).isEqualTo("two");
    assertThat(valueAt(fourth)).isEqualTo("one");
    assertThat(valueAt(fourth + 1_000_000_000)).isEqualTo("one");
  }

  @Test
  void at_manyChangesSince_isStillKnown() {
    long first = add(one);
    long second = add(two);
    for (int i = 0; i < MANY; i++) {
      add(null);
    }
    long last = add(one);

    assertThat(valueAt(first)).isEqualTo("one");
    assertThat(valueAt(second)).isEqualTo("two");
    assertThat(valueAt(last)).isEqualTo("one");
  }

  @Test
  void at_timeBeforeTheFirstOrUnknownCarrier_isNone() {
    long before = System.nanoTime() - 3_600_000_000_000L;
    long now = add(one);

    assertThat(idAt(before)).isEqualTo(NONE);
    assertThat(((LongBinaryOperator) logs).applyAsLong(Long.MAX_VALUE, now)).isEqualTo(NONE);
  }

  @Test
  void ofCarrier_notWanted_isNull() {
    want(false);

    assertThat(Hook.call("JvmPprofMountLogs", "ofCarrier")).isNull();
  }

  /** Returns a time at which the addition is in force, and no later one. */
  private long add(Object labels) {
    Hook.on(log, "add", new Object[] {labels});
    long nanoTime = System.nanoTime();
    while (System.nanoTime() == nanoTime) {
      Thread.onSpinWait();
    }
    return nanoTime;
  }

  private String valueAt(long nanoTime) {
    String[] pairs = (String[]) ((IntFunction<?>) table).apply((int) idAt(nanoTime));
    return pairs[1];
  }

  private long idAt(long nanoTime) {
    return ((LongBinaryOperator) logs).applyAsLong(Thread.currentThread().getId(), nanoTime);
  }

  @SuppressWarnings("unchecked") // what java.lang.JvmPprofMountLogs implements
  private void want(boolean wanted) {
    ((Consumer<Boolean>) logs).accept(wanted);
  }

  private static Object labels(String value) {
    return Hook.call("JvmPprofLabels", "of", (Object) new String[] {"key", value});
  }
}
