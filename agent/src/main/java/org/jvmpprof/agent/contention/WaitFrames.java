package org.jvmpprof.agent.contention;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.stack.Function;
import org.jvmpprof.agent.stack.Table;

/**
 * Makes of a recorded stack the one that the profile shows: its leaf is what the application
 * called, as Go shows {@code sync.(*Mutex).Lock} and nothing of the runtime below it. Used by one
 * thread at a time.
 */
final class WaitFrames {
  private static final String HOOK = "java.lang.JvmPprof";
  private static final Function OBJECT_WAIT = Function.java("java.lang.Object", "wait");

  /** What blocks, seen from inside: never a leaf. */
  private static final List<String> INSIDE =
      List.of(
          "java.util.concurrent.locks.LockSupport",
          "java.util.concurrent.locks.AbstractQueued",
          "jdk.internal.misc.");

  /** Where methods that an application calls to wait or to release call each other. */
  private static final List<String> BLOCKING =
      List.of(
          "java.util.concurrent.",
          "java.lang.Object",
          "java.lang.Thread",
          "java.lang.VirtualThread",
          "java.lang.ThreadBuilders");

  private final Table<String, Boolean> callable = new Table<>();

  /** The frames, leaf first. */
  List<Frame> of(StackTraceElement[] trace) {
    int hooks = 0;
    while (hooks < trace.length && trace[hooks].getClassName().startsWith(HOOK)) {
      hooks++;
    }
    int leaf = hooks;
    while (leaf < trace.length && startsWithAny(trace[leaf].getClassName(), INSIDE)) {
      leaf++;
    }
    if (isCalledCondition(trace, leaf - 1)) {
      leaf--;
    }
    leaf = whatWasCalled(trace, leaf);
    List<Frame> frames = new ArrayList<>(trace.length - leaf + 1);
    if (leaf == hooks && isAroundWait(trace, hooks)) {
      frames.add(new Frame(OBJECT_WAIT, 0));
    }
    for (int i = leaf; i < trace.length; i++) {
      frames.add(frame(trace[i]));
    }
    return frames;
  }

  /**
   * A call of {@code Object.wait} that is instrumented where it is called has no frame of its own.
   */
  private static boolean isAroundWait(StackTraceElement[] trace, int hooks) {
    return hooks > 0
        && trace[hooks - 1].getMethodName().startsWith("wait")
        && hooks < trace.length
        && !isWait(trace[hooks])
        && !trace[hooks].getClassName().equals("java.lang.Thread");
  }

  private static boolean isWait(StackTraceElement frame) {
    return frame.getClassName().equals("java.lang.Object");
  }

  /** Of the JDK's frames at the leaf, the outermost that an application can call. */
  private int whatWasCalled(StackTraceElement[] trace, int from) {
    int called = from;
    for (int i = from; i < trace.length && startsWithAny(trace[i].getClassName(), BLOCKING); i++) {
      if (isCallable(trace[i])) {
        called = i;
      }
    }
    return called;
  }

  private boolean isCallable(StackTraceElement frame) {
    String name = frame.getClassName() + '.' + frame.getMethodName();
    Boolean known = callable.get(name);
    if (known == null) {
      known = isPublic(frame.getClassName(), frame.getMethodName());
      callable.put(name, known);
    }
    return known;
  }

  private static boolean isPublic(String className, String methodName) {
    // What the JDK calls on its own: the begin of a thread or of a task.
    if (methodName.equals("run") || methodName.equals("runWith")) {
      return false;
    }
    try {
      Class<?> owner = Class.forName(className, false, null);
      return Modifier.isPublic(owner.getModifiers())
          && Arrays.stream(owner.getDeclaredMethods())
              .filter(method -> method.getName().equals(methodName))
              .map(Method::getModifiers)
              .anyMatch(Modifier::isPublic);
    } catch (ClassNotFoundException | LinkageError notOfTheJdk) {
      return false;
    }
  }

  /** Whether the application, and not another class of the JDK, has called a condition's method. */
  private static boolean isCalledCondition(StackTraceElement[] trace, int at) {
    return at >= 0
        && trace[at].getClassName().endsWith("$ConditionObject")
        && at + 1 < trace.length
        && !startsWithAny(trace[at + 1].getClassName(), BLOCKING);
  }

  private static boolean startsWithAny(String className, List<String> prefixes) {
    return prefixes.stream().anyMatch(className::startsWith);
  }

  private static Frame frame(StackTraceElement element) {
    Function function = Function.java(element.getClassName(), element.getMethodName());
    return new Frame(function, Math.max(element.getLineNumber(), 0));
  }
}
