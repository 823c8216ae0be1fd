package org.jvmpprof.agent.cpu;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.stack.Function;

/**
 * HotSpot's own threads by the beginning of their names, as the kernel has them (15 characters at
 * most).
 */
final class JvmThreadNames {
  /**
   * Threads of one beginning.
   *
   * @param sampled whether JFR samples them as it does any Java thread
   */
  private record Rule(String prefix, String group, boolean sampled) {}

  private static final List<Rule> RULES =
      List.of(
          hidden("GC Thread#", "GC"),
          hidden("ParGC Thread", "GC"),
          hidden("G1 ", "GC"),
          hidden("ZDirector", "GC"),
          hidden("ZDriver", "GC"),
          hidden("ZStat", "GC"),
          hidden("ZUncommitter", "GC"),
          hidden("ZUnmapper", "GC"),
          hidden("ZWorker", "GC"),
          hidden("RuntimeWorker", "GC"),
          hidden("Shenandoah", "GC"),
          hidden("StringDedup", "GC"),
          hidden("C1 Compiler", "C1 compiler"),
          hidden("C2 Compiler", "C2 compiler"),
          hidden("JVMCI", "JVMCI compiler"),
          hidden("VM Thread", "VM thread"),
          hidden("JFR Recorder Th", "JFR"),
          hidden("JFR CPU Sampler", "JFR"),
          hidden("JFR Sampler Thr", "JFR"),
          hidden("VM Periodic Tas", "other"),
          hidden("Sweeper thread", "other"),
          hidden("Service Thread", "other"),
          hidden("Monitor Deflati", "other"),
          sampled("JFR ", "JFR"),
          sampled("Signal Dispatch", "other"),
          sampled("Attach Listener", "other"),
          sampled("Notification Th", "other"));

  private JvmThreadNames() {}

  /** The stack that a thread which JFR does not sample is shown as; null for any other thread. */
  static @Nullable List<Frame> hiddenStack(String threadName) {
    Rule rule = find(threadName);
    return rule == null || rule.sampled ? null : List.of(new Frame(Function.named(root(rule)), 0));
  }

  /** The root frame's name for a thread without a Java thread id, e.g. {@code [jvm] GC}. */
  static String root(String threadName) {
    Rule rule = find(threadName);
    return rule == null ? "[native] " + threadName : root(rule);
  }

  private static @Nullable Rule find(String threadName) {
    for (Rule rule : RULES) {
      if (threadName.startsWith(rule.prefix)) {
        return rule;
      }
    }
    return null;
  }

  private static String root(Rule rule) {
    return "[jvm] " + rule.group;
  }

  private static Rule hidden(String prefix, String group) {
    return new Rule(prefix, group, false);
  }

  private static Rule sampled(String prefix, String group) {
    return new Rule(prefix, group, true);
  }
}
