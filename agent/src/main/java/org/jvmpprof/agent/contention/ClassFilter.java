package org.jvmpprof.agent.contention;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which classes are instrumented, told by name and loader before their bytes are looked at. */
final class ClassFilter {
  /** Internal names; what lies in these packages belongs to no application. */
  private static final String[] NEVER = {
    // This agent. Its interface org.jvmpprof has no monitors.
    "org/jvmpprof/agent/",
    "org/jvmpprof/shaded/",
    // async-profiler's interface, which this agent brings along
    "one/profiler/",
    // Core reflection's generated classes have the loader of what they call.
    "jdk/internal/",
    "sun/reflect/",
    // Other agents are called in places where a hook must not be.
    "net/bytebuddy/",
    "org/jacoco/agent/",
    "io/opentelemetry/javaagent/",
    "datadog/",
    "com/datadog/",
    "co/elastic/apm/agent/",
    "com/newrelic/",
    "com/nr/agent/",
    "com/dynatrace/",
    "com/appdynamics/",
    "org/glowroot/agent/",
    "reactor/blockhound/"
  };

  /** What shows at start whether instrumentation works. */
  private static final String SELF_TEST = "org/jvmpprof/agent/contention/SelfTestMonitor";

  private static final @Nullable ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

  private final String[] include;
  private final String[] exclude;

  /**
   * Restricts the classes further.
   *
   * @param include prefixes of class names; empty for all
   * @param exclude prefixes of class names that are not instrumented
   */
  ClassFilter(List<String> include, List<String> exclude) {
    this.include = internal(include);
    this.exclude = internal(exclude);
  }

  /** Whether a class may be instrumented. */
  boolean accepts(@Nullable ClassLoader loader, Module module, String internalName) {
    return loader != null
        && loader != PLATFORM
        && !isJdk(module)
        && (internalName.equals(SELF_TEST) || isAskedFor(internalName));
  }

  private boolean isAskedFor(String internalName) {
    return !startsWithAny(internalName, NEVER)
        && (include.length == 0 || startsWithAny(internalName, include))
        && !startsWithAny(internalName, exclude);
  }

  /** The JDK's tools are modules of the application's loader. */
  private static boolean isJdk(Module module) {
    String name = module.getName();
    return name != null && (name.startsWith("java.") || name.startsWith("jdk."));
  }

  private static boolean startsWithAny(String name, String[] prefixes) {
    for (String prefix : prefixes) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  private static String[] internal(List<String> prefixes) {
    String[] internal = new String[prefixes.size()];
    for (int i = 0; i < internal.length; i++) {
      internal[i] = prefixes.get(i).replace('.', '/');
    }
    return internal;
  }
}
