package org.jvmpprof.agent.cpu;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells by its name what a thread of the JVM itself works on. The names are those that HotSpot
 * gives its native threads, of which Linux keeps the first 15 characters.
 */
final class JvmThreadNames {
  private record Rule(String group, List<String> prefixes) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "GC",
              List.of(
                  "GC Thread",
                  "ParGC Thread",
                  "G1 ",
                  "Shenandoah",
                  "ZDriver",
                  "ZDirector",
                  "ZStat",
                  "ZUncommitter",
                  "ZUnmapper",
                  "ZWorker",
                  "ZService",
                  "XWorker",
                  "XDriver",
                  "RuntimeWorker",
                  "StringDedup",
                  "Reference Handl")),
          new Rule("C1 compiler", List.of("C1 Compiler")),
          new Rule("C2 compiler", List.of("C2 Compiler", "JVMCI")),
          new Rule("VM thread", List.of("VM Thread", "VM Op")),
          new Rule("JFR", List.of("JFR ")),
          new Rule(
              "other",
              List.of(
                  "VM Periodic Tas",
                  "Sweeper thread",
                  "Service Thread",
                  "Monitor Deflati",
                  "Signal Dispatch",
                  "Attach Listener",
                  "Notification Th",
                  "Cleaner",
                  "DestroyJavaVM",
                  "Common-Cleaner",
                  "Finalizer",
                  "WatcherThread")));

  private JvmThreadNames() {}

  /** The root frame's name for a thread without a Java thread id, e.g. {@code [jvm] GC}. */
  static String root(String threadName) {
    String group = group(threadName);
    return group == null ? "[native] " + threadName : "[jvm] " + group;
  }

  private static @Nullable String group(String threadName) {
    for (Rule rule : RULES) {
      if (rule.prefixes.stream().anyMatch(threadName::startsWith)) {
        return rule.group;
      }
    }
    return null;
  }
}
