package org.jvmpprof.agent.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.instrument.Instrumentation;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvmpprof.agent.jvm.ChildJvm;
import org.jvmpprof.agent.jvm.ClosedJvm;
import org.jvmpprof.agent.jvm.Jdk;

class InlineDebugInfoTest {
  @TempDir Path scratch;

  @ParameterizedTest
  @ValueSource(
      strings = {"-Xmixed", "-Xint", "-Xshare:off", "-XX:+UseZGC", "-XX:+DebugNonSafepoints"})
  void enable_runningJdk_flagIsTrue(String option) throws Exception {
    assertEnabled(Jdk.running(), option);
  }

  @Test
  void enable_siblingJdks_flagIsTrue() throws Exception {
    for (Jdk jdk : Jdk.siblings()) {
      assertEnabled(jdk, "-Xmixed");
    }
  }

  @Test
  void enable_compactObjectHeaders_flagIsTrue() throws Exception {
    for (Jdk jdk : Jdk.since(25)) {
      assertEnabled(jdk, "-XX:+UseCompactObjectHeaders");
    }
  }

  @Test
  void enable_javaBaseCannotBeOpened_namesFlagsToAdd() {
    Instrumentation closed = ClosedJvm.instrumentation();

    assertThat(InlineDebugInfo.enable(closed))
        .hasValueSatisfying(
            line ->
                assertThat(line)
                    .contains("two lines")
                    .endsWith("-XX:+UnlockDiagnosticVMOptions -XX:+DebugNonSafepoints"));
  }

  /** Not one line more than these: no warning of any kind. */
  private void assertEnabled(Jdk jdk, String option) throws Exception {
    List<String> lines =
        ChildJvm.run(jdk, scratch, Enabling.class, "-XX:+UnlockDiagnosticVMOptions", option);
    assertThat(lines).containsExactly("Optional.empty", "DebugNonSafepoints=true");
  }

  /** Without {@code UnlockDiagnosticVMOptions} the JVM does not even tell the flag's value. */
  static final class Enabling {
    public static void premain(String options, Instrumentation instrumentation) {
      System.out.println(InlineDebugInfo.enable(instrumentation));
    }

    public static void main(String[] args) {
      var hotSpot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      System.out.println(
          "DebugNonSafepoints=" + hotSpot.getVMOption("DebugNonSafepoints").getValue());
    }
  }
}
