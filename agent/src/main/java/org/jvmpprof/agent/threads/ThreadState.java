package org.jvmpprof.agent.threads;

import java.util.List;
import java.util.Set;
import org.jvmpprof.agent.threads.LiveThreads.LiveThread;

/**
 * What a thread does, in one or two words where Go has them: {@code running}, {@code IO wait} and
 * {@code sleep} as there; {@code monitor}, {@code wait} and {@code park} are Java's. It is told
 * from the stack, with which it then agrees; only a thread that is about to enter a monitor looks
 * like one that runs.
 */
final class ThreadState {
  /** Classes whose methods lie between a park and what the program called. */
  private static final Set<String> PARKING =
      Set.of(
          "jdk.internal.misc.Unsafe",
          "java.util.concurrent.locks.LockSupport",
          "java.lang.VirtualThread",
          "jdk.internal.misc.VirtualThreads",
          "jdk.internal.vm.Continuation");

  private static final List<String> INPUT_OUTPUT = List.of("sun.nio.", "java.io.", "java.net.");

  private ThreadState() {}

  static String of(LiveThread live) {
    List<StackTraceElement> stack = live.stack();
    if (JavaThreads.state(live.thread()) == Thread.State.BLOCKED) {
      return "monitor";
    }
    int outside = parkedFrames(stack);
    boolean parked = outside > 0;
    if (outside == stack.size()) {
      return parked ? "park" : "running";
    }
    StackTraceElement leaf = stack.get(outside);
    if (leaf.getClassName().equals("java.lang.Thread")
        && leaf.getMethodName().startsWith("sleep")) {
      return "sleep";
    }
    if (leaf.getClassName().equals("java.lang.Object") && leaf.getMethodName().startsWith("wait")) {
      return "wait";
    }
    if ((parked || leaf.isNativeMethod()) && isInputOutput(leaf.getClassName())) {
      return "IO wait";
    }
    return parked ? "park" : "running";
  }

  private static int parkedFrames(List<StackTraceElement> stack) {
    int frames = 0;
    while (frames < stack.size() && isParking(stack.get(frames).getClassName())) {
      frames++;
    }
    boolean parked =
        stack.subList(0, frames).stream()
            .anyMatch(frame -> frame.getMethodName().startsWith("park"));
    return parked ? frames : 0;
  }

  /** The JDK's own doors into java.lang are numbered classes. */
  private static boolean isParking(String className) {
    return PARKING.contains(className) || className.startsWith("java.lang.System$");
  }

  private static boolean isInputOutput(String className) {
    return INPUT_OUTPUT.stream().anyMatch(className::startsWith);
  }
}
