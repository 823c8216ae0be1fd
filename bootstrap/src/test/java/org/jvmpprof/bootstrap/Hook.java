package org.jvmpprof.bootstrap;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The classes of java.base under test, which no other class can link. */
final class Hook {
  /** What was recorded: when, whose, how many contentions, how much delay. */
  record Recorded(Throwable stack, long threadId, long contentions, long delayNanos) {}

  private static final Map<String, Method> METHODS = new ConcurrentHashMap<>();

  private Hook() {}

  static void set(long blockNanos, int mutexFraction) {
    set(blockNanos, mutexFraction, 0);
  }

  static void set(long blockNanos, int mutexFraction, long mutexNanos) {
    call("JvmPprofRates", "set", blockNanos, mutexFraction, mutexNanos, 0L);
  }

  /** A wait that begins now, and has ended all the same. */
  static void recordWait(long delayNanos, int weight) {
    call("JvmPprofRates", "recordWait", System.nanoTime() + delayNanos, delayNanos, weight);
  }

  /** What a release is charged with. */
  static long charge(long delayNanos, int contentions) {
    return (long) call("JvmPprofCharge", "of", delayNanos, contentions);
  }

  static long delayNanos(long charge) {
    return (long) call("JvmPprofCharge", "delayNanos", charge);
  }

  static int contentions(long charge) {
    return (int) call("JvmPprofCharge", "contentions", charge);
  }

  static long chosenCharge(long charge) {
    return (long) call("JvmPprofRates", "chosenCharge", charge);
  }

  static List<Recorded> takeBlock() {
    return take("drainBlock");
  }

  static List<Recorded> takeMutex() {
    return take("drainMutex");
  }

  static long[] takeLost() {
    return (long[]) call("JvmPprofRates", "takeLost");
  }

  static Object call(String type, String name, Object... arguments) {
    return invoke(type, null, name, arguments);
  }

  static Object on(Object target, String name, Object... arguments) {
    return invoke(target.getClass().getSimpleName(), target, name, arguments);
  }

  static Object make(String type) {
    try {
      Constructor<?> constructor = Class.forName("java.lang." + type).getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type, e);
    }
  }

  /** What stands for a thread that is not known. */
  static Object anybody() {
    try {
      Field anybody = Class.forName("java.lang.JvmPprofLocks").getDeclaredField("ANYBODY");
      anybody.setAccessible(true);
      return anybody.get(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("ANYBODY", e);
    }
  }

  private static Object invoke(String type, Object target, String name, Object... arguments) {
    try {
      return METHODS
          .computeIfAbsent(type + '.' + name, key -> find(type, name))
          .invoke(target, arguments);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type + "." + name, e);
    }
  }

  private static Method find(String type, String name) {
    try {
      Method method =
          Arrays.stream(Class.forName("java.lang." + type).getDeclaredMethods())
              .filter(candidate -> candidate.getName().equals(name))
              .findFirst()
              .orElseThrow();
      method.setAccessible(true);
      return method;
    } catch (ClassNotFoundException e) {
      throw new AssertionError("no patch of java.base", e);
    }
  }

  @SuppressWarnings("unchecked") // what java.lang.JvmPprofEvent implements
  private static List<Recorded> take(String drain) {
    List<Recorded> taken = new ArrayList<>();
    Consumer<Throwable> consumer =
        event -> {
          long[] numbers = ((Supplier<long[]>) event).get();
          taken.add(new Recorded(event, numbers[1], numbers[2], numbers[3]));
        };
    call("JvmPprofRates", drain, consumer);
    return taken;
  }
}
