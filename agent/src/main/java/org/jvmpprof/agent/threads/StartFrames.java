package org.jvmpprof.agent.threads;

import java.util.ArrayList;
import java.util.List;
import org.jvmpprof.agent.stack.Frame;

/** The stack of a thread's start, from {@link Thread#start} on, as the caller knows it. */
final class StartFrames {
  private static final String THREAD = Thread.class.getName();

  /** Hooks, and what says the labels of a thread. */
  private static final String OURS = "java.lang.JvmPprof";

  private StartFrames() {}

  /**
   * Cuts the hook at the leaf, and what lies between {@code Thread.start} and a caller outside:
   * from JDK 21 on, the JDK's executors start threads through their containers.
   */
  static List<Frame> of(StackTraceElement[] stack) {
    List<Frame> frames = new ArrayList<>();
    boolean inside = true;
    for (StackTraceElement element : stack) {
      boolean isStart = element.getClassName().equals(THREAD);
      inside = inside && (isStart || isInner(element.getClassName()));
      boolean shown = !inside || (isStart && frames.isEmpty());
      if (shown && !element.getClassName().startsWith(OURS)) {
        frames.add(Frame.of(element));
      }
    }
    return frames;
  }

  private static boolean isInner(String className) {
    return className.startsWith(OURS)
        || className.startsWith("java.lang.System$")
        || className.startsWith("jdk.internal.vm.");
  }
}
