package org.jvmpprof.agent.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HotSpotFlagsTest {
  private static final int BOOL = 0;
  private static final int INTX = 4;

  private final FakeJvm jvm = new FakeJvm();

  @Test
  void turnOn_falseFlag_becomesTrue() {
    jvm.flag("Debug", BOOL, 1).flag("DebugNonSafepoints", BOOL, 0).flag("DebugNon", BOOL, 0);

    turnOn();

    assertThat(jvm.value("Debug")).isOne();
    assertThat(jvm.value("DebugNonSafepoints")).isOne();
    assertThat(jvm.value("DebugNon")).isZero();
  }

  @Test
  void turnOn_trueFlag_isNotWritten() {
    jvm.flag("DebugNonSafepoints", BOOL, 1);

    turnOn();

    assertThat(jvm.value("DebugNonSafepoints")).isOne();
    assertThat(jvm.writes()).isZero();
  }

  @Test
  void turnOn_unknownFlag_saysSo() {
    jvm.flag("DebugNonSafepoint", BOOL, 0).flag("DebugNonSafepoints2", BOOL, 0);

    assertRefused("this JVM has no flag DebugNonSafepoints");
  }

  @Test
  void turnOn_flagOfOtherType_isNotWritten() {
    jvm.flag("DebugNonSafepoints", INTX, 0);

    assertRefused("the flag DebugNonSafepoints is not a bool");
  }

  @Test
  void turnOn_valueOfNoBool_isNotWritten() {
    jvm.flag("DebugNonSafepoints", BOOL, 2);

    assertRefused("the flag DebugNonSafepoints is neither true nor false");
  }

  @Test
  void turnOn_absurdNumberOfFlags_readsNone() {
    jvm.flag("DebugNonSafepoints", BOOL, 0).claimFlags(-1);

    assertRefused("the flag DebugNonSafepoints is in a list of impossible length");
  }

  @Test
  void turnOn_noTables_namesSymbol() {
    jvm.hide("gHotSpotVMStructs");

    assertRefused("this JVM has no symbol gHotSpotVMStructs");
  }

  @Test
  void turnOn_fieldMissing_namesField() {
    jvm.renameField("_type", "_kind").flag("DebugNonSafepoints", BOOL, 0);

    assertRefused("this JVM does not describe its field JVMFlag::_type");
  }

  @Test
  void turnOn_typeMissing_namesType() {
    jvm.renameType("Flag").flag("DebugNonSafepoints", BOOL, 0);

    assertRefused("this JVM does not describe its type JVMFlag");
  }

  private void turnOn() {
    new HotSpotFlags(jvm.memory()).turnOn("DebugNonSafepoints");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(this::turnOn).isInstanceOf(IllegalStateException.class).hasMessage(message);
    assertThat(jvm.writes()).isZero();
  }
}
