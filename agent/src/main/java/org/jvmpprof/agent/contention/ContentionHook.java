package org.jvmpprof.agent.contention;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jvmpprof.agent.jvm.JavaBase;

/**
 * The agent's side of the classes in java.base that instrumented code calls. The agent cannot link
 * them, so it calls their static methods through method handles.
 */
final class ContentionHook {
  private static final String[] IN_ORDER_OF_USE = {
    "JvmPprofEvent",
    "JvmPprofEvents",
    "JvmPprofWaiters",
    "JvmPprofVainWaits$Waited",
    "JvmPprofVainWaits",
    "JvmPprofLocks$Queue",
    "JvmPprofLocks",
    "JvmPprofMonitorState",
    "JvmPprofPermits",
    "JvmPprofChoice",
    "JvmPprofRates",
    "JvmPprofSpins"
  };

  private final MethodHandle set;
  private final MethodHandle choose;
  private final MethodHandle tick;
  private final MethodHandle timed;
  private final MethodHandle drainBlock;
  private final MethodHandle drainMutex;
  private final MethodHandle takeLost;
  private final MethodHandle chosenWait;
  private final MethodHandle sweep;
  private final MethodHandle emptyWaitNanos;
  private final MethodHandle observe;
  private final MethodHandle observedNanos;

  private ContentionHook(Class<?> rates, Class<?> choice, Class<?> hook)
      throws ReflectiveOperationException {
    set = find(rates, "set", void.class, long.class, int.class, long.class);
    choose = find(choice, "choose", void.class, int.class, long.class);
    tick = find(choice, "tick", void.class);
    timed = find(choice, "timed", int.class);
    drainBlock = find(rates, "drainBlock", void.class, Consumer.class);
    drainMutex = find(rates, "drainMutex", void.class, Consumer.class);
    takeLost = find(rates, "takeLost", long[].class);
    chosenWait = find(rates, "chosenWait", long[].class, long.class);
    sweep = find(rates, "sweep", void.class);
    emptyWaitNanos = find(hook, "emptyWaitNanos", long.class);
    observe = find(rates, "observe", void.class, Thread.class);
    observedNanos = find(rates, "observedNanos", long.class);
  }

  /**
   * Defines the hook into java.base and initialises it, so that no class is loaded when it is first
   * called.
   *
   * @throws IOException when the agent's jar lacks a class
   * @throws ReflectiveOperationException when this JVM does not take one
   * @throws RuntimeException when this JVM does not open its package
   */
  static ContentionHook define(Instrumentation instrumentation)
      throws IOException, ReflectiveOperationException {
    for (String name : IN_ORDER_OF_USE) {
      JavaBase.define(instrumentation, name);
    }
    Class<?> hook = JavaBase.define(instrumentation, "JvmPprofContention");
    for (String name : IN_ORDER_OF_USE) {
      Class.forName("java.lang.".concat(name), true, null);
    }
    Class.forName(hook.getName(), true, null);
    return new ContentionHook(
        Class.forName("java.lang.JvmPprofRates", true, null),
        Class.forName("java.lang.JvmPprofChoice", true, null),
        hook);
  }

  /** See {@code JvmPprofRates.set}. */
  void set(long blockNanos, int mutexFraction, long floorNanos) {
    call(
        () -> {
          set.invokeExact(blockNanos, mutexFraction, floorNanos);
        });
  }

  /** See {@code JvmPprofChoice.choose}. */
  void choose(int bits, long coarsePeriodNanos) {
    call(
        () -> {
          choose.invokeExact(bits, coarsePeriodNanos);
        });
  }

  /** Advances the coarse clock. */
  void tick() {
    call(
        () -> {
          tick.invokeExact();
        });
  }

  /** How many enters were timed so far; it wraps around. */
  int timed() {
    return get(() -> (int) timed.invokeExact());
  }

  /** Takes the waits that were recorded. */
  void drainBlock(RecordSink sink) {
    Consumer<Throwable> consumer = event -> deliver(event, sink);
    call(
        () -> {
          drainBlock.invokeExact((Consumer<?>) consumer);
        });
  }

  /** Takes the contended releases that were recorded. */
  void drainMutex(RecordSink sink) {
    Consumer<Throwable> consumer = event -> deliver(event, sink);
    call(
        () -> {
          drainMutex.invokeExact((Consumer<?>) consumer);
        });
  }

  /** What was lost since the last call: {waits, their delay, contended releases, their delay}. */
  long[] takeLost() {
    return get(() -> (long[]) takeLost.invokeExact());
  }

  /** See {@code JvmPprofRates.chosenWait}. */
  long[] chosenWait(long delayNanos) {
    return get(() -> (long[]) chosenWait.invokeExact(delayNanos));
  }

  /** Frees what exhausted stacks left behind. */
  void sweep() {
    call(
        () -> {
          sweep.invokeExact();
        });
  }

  /** What an enter that does not wait takes, as if it were a wait. */
  synchronized long emptyWaitNanos() {
    return get(() -> (long) emptyWaitNanos.invokeExact());
  }

  /**
   * Observes one of the agent's threads, whatever the rates, while something runs.
   *
   * @return how long its last wait was; 0 when none was noticed
   */
  synchronized long observedNanos(Thread thread, Wait wait) throws InterruptedException {
    call(
        () -> {
          observe.invokeExact(thread);
        });
    try {
      wait.run();
      return get(() -> (long) observedNanos.invokeExact());
    } finally {
      call(
          () -> {
            observe.invokeExact((Thread) null);
          });
    }
  }

  @SuppressWarnings("unchecked") // what java.lang.JvmPprofEvent implements
  private static void deliver(Throwable event, RecordSink sink) {
    long[] numbers = ((Supplier<long[]>) event).get();
    sink.accept(event, numbers[0], numbers[1], numbers[2], numbers[3]);
  }

  private static MethodHandle find(
      Class<?> owner, String name, Class<?> result, Class<?>... parameters)
      throws ReflectiveOperationException {
    return MethodHandles.publicLookup()
        .findStatic(owner, name, MethodType.methodType(result, parameters));
  }

  private static void call(Call call) {
    get(
        () -> {
          call.run();
          return true;
        });
  }

  private static <T> T get(Get<T> call) {
    try {
      return call.run();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable declaredByNone) {
      throw new IllegalStateException(declaredByNone);
    }
  }

  /** Something that waits. */
  interface Wait {
    void run() throws InterruptedException;
  }

  /** Takes one record. */
  interface RecordSink {
    /**
     * Takes one record.
     *
     * @param stack where, unresolved
     * @param nanoTime when, of {@link System#nanoTime}
     * @param threadId whose
     */
    void accept(Throwable stack, long nanoTime, long threadId, long contentions, long delayNanos);
  }

  private interface Call {
    void run() throws Throwable;
  }

  private interface Get<T> {
    T run() throws Throwable;
  }
}
