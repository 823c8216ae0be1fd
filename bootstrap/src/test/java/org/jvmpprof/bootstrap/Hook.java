package org.jvmpprof.bootstrap;

import java.lang.reflect.Constructor;
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
    call("JvmPprofRates", "set", blockNanos, mutexFraction, 0L);
  }

  /** A wait that begins now, and has ended all the same. */
  static void recordWait(long delayNanos, int weight) {
    call("JvmPprofRates", "recordWait", System.nanoTime() + delayNanos, delayNanos, weight);
  }

  static long chosenMutexDelay(long delayNanos) {
    return (long) call("JvmPprofRates", "chosenMutexDelay", delayNanos);
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
