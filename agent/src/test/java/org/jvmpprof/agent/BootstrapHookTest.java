package org.jvmpprof.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvmpprof.agent.jvm.ChildJvm;
import org.jvmpprof.agent.jvm.ClosedJvm;
import org.jvmpprof.agent.jvm.Jdk;

class BootstrapHookTest {
  @TempDir Path scratch;

  @Test
  void claim_runningJdk_secondCopyOfAgentYields() throws Exception {
    assertSecondYields(Jdk.running());
  }

  @Test
  void claim_siblingJdks_secondCopyOfAgentYields() throws Exception {
    for (Jdk jdk : Jdk.siblings()) {
      assertSecondYields(jdk);
    }
  }

  @Test
  void claim_javaBaseCannotBeOpened_secondOfSameLoaderYields() {
    Instrumentation closed = ClosedJvm.instrumentation();

    assertThat(BootstrapHook.claim(closed, "1.0")).isNull();
    assertThat(BootstrapHook.claim(closed, "2.0")).isEqualTo("1.0");
  }

  private void assertSecondYields(Jdk jdk) throws Exception {
    assertThat(ChildJvm.run(jdk, scratch, Claiming.class))
        .containsExactly(
            "first: null", "again: 1.0", "other loader: 1.0", "java.base class: java.base");
  }

  /** Claims for itself, and for the same classes as a loader of its own makes them. */
  static final class Claiming {
    public static void premain(String options, Instrumentation instrumentation) throws Exception {
      System.out.println("first: " + BootstrapHook.claim(instrumentation, "1.0"));
      System.out.println("again: " + BootstrapHook.claim(instrumentation, "2.0"));
      URL jar = Claiming.class.getProtectionDomain().getCodeSource().getLocation();
      try (URLClassLoader other = new URLClassLoader(new URL[] {jar}, null)) {
        Method claim =
            other
                .loadClass(BootstrapHook.class.getName())
                .getDeclaredMethod("claim", Instrumentation.class, String.class);
        claim.setAccessible(true);
        System.out.println("other loader: " + claim.invoke(null, instrumentation, "3.0"));
      }
    }

    public static void main(String[] args) throws Exception {
      Class<?> hook = Class.forName("java.lang.JvmPprofHook", false, null);
      System.out.println("java.base class: " + hook.getModule().getName());
    }
  }
}
