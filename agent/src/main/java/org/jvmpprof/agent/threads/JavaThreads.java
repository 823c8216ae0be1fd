package org.jvmpprof.agent.threads;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be told of any thread without stopping it. */
final class JavaThreads {
  /** The thread that waits for the others when the main method has returned. */
  private static final String DESTROYER = "DestroyJavaVM";

  private JavaThreads() {}

  /** Its number, which no other thread of this JVM ever has. */
  @SuppressWarnings("deprecation") // Thread.threadId() exists from 19 on
  static long id(Thread thread) {
    try {
      return thread.getId();
    } catch (RuntimeException e) {
      // An application's subclass may do so.
      return 0;
    }
  }

  /** Its state; TERMINATED, too, where an application's subclass does not tell. */
  static Thread.State state(Thread thread) {
    try {
      return thread.getState();
    } catch (RuntimeException e) {
      return Thread.State.TERMINATED;
    }
  }

  /** The live platform threads, without stopping any. */
  static List<Thread> platform() {
    ThreadGroup root = Thread.currentThread().getThreadGroup();
    for (ThreadGroup parent = root; parent != null; parent = parent.getParent()) {
      root = parent;
    }
    Thread[] found = new Thread[2 * root.activeCount() + 16];
    int count = root.enumerate(found);
    while (count == found.length) {
      found = new Thread[2 * count];
      count = root.enumerate(found);
    }
    return Arrays.asList(found).subList(0, count);
  }

  /** Whether a tool has started this thread in native code: the JDK does not show those. */
  static boolean isNative(Thread thread) {
    return platform().stream().noneMatch(known -> known == thread);
  }

  /**
   * Whether the JVM or the JDK has started this thread for itself. All that an application starts,
   * unless it takes pains, is in the group {@code main} or below.
   */
  static boolean isSystem(Thread thread) {
    for (ThreadGroup group = thread.getThreadGroup(); group != null; group = group.getParent()) {
      ThreadGroup parent = group.getParent();
      if (parent != null && parent.getParent() == null && group.getName().equals("main")) {
        return thread.getName().equals(DESTROYER);
      }
    }
    return true;
  }

  /** Whether all of a stack is the JDK's own code. */
  static boolean isJdkCode(List<StackTraceElement> stack) {
    for (StackTraceElement frame : stack) {
      if (!isJdkModule(frame.getModuleName())) {
        return false;
      }
    }
    return true;
  }

  /** Whether this is the stack of a virtual thread in which the JDK waits for all sockets. */
  static boolean isPoller(List<StackTraceElement> stack) {
    for (StackTraceElement frame : stack) {
      if (frame.getClassName().equals("sun.nio.ch.Poller")
          && frame.getMethodName().equals("subPollerLoop")) {
        return true;
      }
    }
    return false;
  }

  /** Whether a module is the JDK's, by its name. */
  static boolean isJdkModule(@Nullable String module) {
    return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
  }
}
