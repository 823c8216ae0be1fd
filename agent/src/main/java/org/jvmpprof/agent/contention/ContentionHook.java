package org.jvmpprof.agent.contention;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jvmpprof.agent.jvm.JavaBase;

/**
 * The agent's side of the classes in java.base that instrumented code calls. Only here are they
 * called, and only by static methods: anything more, the verifier would look for before {@link
 * #define}.
 */
final class ContentionHook {
  private static final String[] IN_ORDER_OF_USE = {
    "JvmPprofEvent",
    "JvmPprofEvents",
    "JvmPprofCharge",
    "JvmPprofWaiters",
    "JvmPprofVainWaits$Waited",
    "JvmPprofVainWaits",
    "JvmPprofLocks$Queue",
    "JvmPprofLocks",
    "JvmPprofMonitorState",
    "JvmPprofPermits",
    "JvmPprofChoice",
    "JvmPprofChance",
    "JvmPprofRates",
    "JvmPprofTiming",
    "JvmPprofContention",
    "JvmPprofSpins"
  };

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
    for (String name : IN_ORDER_OF_USE) {
      Class.forName("java.lang.".concat(name), true, null);
    }
    return new ContentionHook();
  }

  /** See {@code JvmPprofRates.set}. */
  void set(long blockNanos, int mutexFraction, long mutexNanos, long floorNanos) {
    JvmPprofRates.set(blockNanos, mutexFraction, mutexNanos, floorNanos);
  }

  /** See {@code JvmPprofChoice.choose}. */
  void choose(int bits, long coarsePeriodNanos) {
    JvmPprofChoice.choose(bits, coarsePeriodNanos);
  }

  /** See {@code JvmPprofChoice.chooseParks}. */
  void chooseParks(int bits) {
    JvmPprofChoice.chooseParks(bits);
  }

  /** See {@code JvmPprofChoice.chooseTicks}. */
  void chooseTicks(int bits) {
    JvmPprofChoice.chooseTicks(bits);
  }

  /** Advances the coarse clock. */
  void tick() {
    JvmPprofChoice.tick();
  }

  /** How many enters were timed so far; it wraps around. */
  int timed() {
    return JvmPprofChoice.timed();
  }

  /** How many parks for a lock releases could see so far; it wraps around. */
  int parks() {
    return JvmPprofChoice.parks();
  }

  /** Takes the waits that were recorded. */
  void drainBlock(RecordSink sink) {
    Consumer<Throwable> consumer = event -> deliver(event, sink);
    JvmPprofRates.drainBlock(consumer);
  }

  /** Takes the contended releases that were recorded. */
  void drainMutex(RecordSink sink) {
    Consumer<Throwable> consumer = event -> deliver(event, sink);
    JvmPprofRates.drainMutex(consumer);
  }

  /** What was lost since the last call: {waits, their delay, contended releases, their delay}. */
  long[] takeLost() {
    return JvmPprofRates.takeLost();
  }

  /** See {@code JvmPprofRates.chosenWait}. */
  long[] chosenWait(long delayNanos) {
    return JvmPprofRates.chosenWait(delayNanos);
  }

  /** Frees what exhausted stacks left behind. */
  void sweep() {
    JvmPprofRates.sweep();
  }

  /** What an enter that does not wait takes, as if it were a wait. */
  synchronized long emptyWaitNanos() {
    return JvmPprofContention.emptyWaitNanos();
  }

  /**
   * Observes one of the agent's threads, whatever the rates, while something runs.
   *
   * @return how long its last wait was; 0 when none was noticed
   */
  synchronized long observedNanos(Thread thread, Wait wait) throws InterruptedException {
    JvmPprofRates.observe(thread);
    try {
      wait.run();
      return JvmPprofRates.observedNanos();
    } finally {
      JvmPprofRates.observe(null);
    }
  }

  @SuppressWarnings("unchecked") // what java.lang.JvmPprofEvent implements
  private static void deliver(Throwable event, RecordSink sink) {
    long[] numbers = ((Supplier<long[]>) event).get();
    sink.accept(event, numbers[0], numbers[1], numbers[2], numbers[3]);
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
}
