package org.jvmpprof;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * The JVM's own command {@code JVMTI.agent_load}, called from within: a JVM may not attach to
 * itself, and a second process might not be at hand. Only to be touched where failing to link is
 * expected: small runtimes come without the modules.
 */
final class DiagnosticCommand {
  private static final String FORBIDDING = "EnableDynamicAgentLoading";
  private static final String LOADED = "return code: 0";

  private DiagnosticCommand() {}

  /**
   * Loads an agent and waits until its {@code agentmain} is done.
   *
   * @param jar path, in quotes
   * @param options in quotes
   * @return why it is not loaded; null when it is
   */
  static @Nullable String loadAgent(String jar, String options) {
    try {
      // JDK 17 would load it all the same, against what the administrator wants.
      if (isForbidden()) {
        return "this JVM runs with -XX:-" + FORBIDDING;
      }
      Object reply =
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "jvmtiAgentLoad",
                  new Object[] {new String[] {jar, options}},
                  new String[] {String[].class.getName()});
      String text = String.valueOf(reply).strip();
      return text.equals(LOADED) ? null : text;
    } catch (JMException | RuntimeException e) {
      return "this JVM has no command to load it (" + e + ")";
    }
  }

  private static boolean isForbidden() {
    return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .getVMOption(FORBIDDING)
        .getValue()
        .equals("false");
  }
}
