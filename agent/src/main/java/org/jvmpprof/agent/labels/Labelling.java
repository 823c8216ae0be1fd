package org.jvmpprof.agent.labels;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.LongBinaryOperator;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.jvm.JavaBase;
import org.jvmpprof.agent.log.AgentLog;

/**
 * Makes labels work in this JVM: puts the classes that applications run labelled code through into
 * java.base, hooks the start of threads, and from then on takes back what is not in use any more.
 */
public final class Labelling {
  /** Where applications read that labels work, or why not. */
  private static final String PROPERTY = "jvmpprof.running.labels";

  private static final List<String> CLASSES =
      List.of(
          "JvmPprofMarks",
          "JvmPprofLabelCell",
          "JvmPprofMountLog",
          "JvmPprofMountLogs",
          "JvmPprofMounted",
          "JvmPprofLabels",
          "JvmPprofLabelSlot",
          "JvmPprofLabelTable",
          "JvmPprofThreadLabels",
          "JvmPprofInherited",
          "JvmPprofInheritance");

  private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final AgentLog log;
  private final StackLabels stacks;
  private final LongUnaryOperator setSweep;
  private final Runnable threadSweep;
  private final Runnable carrierSweep;
  private long sweptNanos = System.nanoTime();

  private Labelling(AgentLog log) throws ReflectiveOperationException {
    this.log = log;
    Object table = make("JvmPprofLabelTable");
    Object threads = make("JvmPprofThreadLabels");
    setSweep = (LongUnaryOperator) table;
    threadSweep = (Runnable) threads;
    Object mounts = make("JvmPprofMountLogs");
    carrierSweep = (Runnable) mounts;
    stacks = stackLabels(table, threads, mounts, make("JvmPprofMarks"));
  }

  /** Prepares labels until {@link #ready}; empty, after one line, where the JVM does not let us. */
  public static Optional<Labelling> start(Instrumentation instrumentation, AgentLog log) {
    try {
      for (String name : CLASSES) {
        JavaBase.define(instrumentation, name);
      }
      Labelling labelling = new Labelling(log);
      observeStarts(instrumentation);
      return Optional.of(labelling);
    } catch (IOException | ReflectiveOperationException | RuntimeException | LinkageError e) {
      log.errorOnce("labels", "no labels: " + e);
      System.setProperty(PROPERTY, "off");
      return Optional.empty();
    }
  }

  /** Whoever hooks the start of threads lets us know of each, if anybody does. */
  private static void observeStarts(Instrumentation instrumentation)
      throws IOException, ReflectiveOperationException {
    JavaBase.define(instrumentation, "JvmPprofStart");
    JavaBase.define(instrumentation, "JvmPprofThreads")
        .getMethod("setObserver", Consumer.class)
        .invoke(null, make("JvmPprofInheritance"));
  }

  /** Lets applications use labels: all that labels need is in. */
  public void ready() {
    System.setProperty(PROPERTY, "on");
  }

  /** Tells applications that wait for labels that there will be none, unless they are ready. */
  public static void giveUp() {
    System.getProperties().putIfAbsent(PROPERTY, "off");
  }

  /** What reads labels from stacks. */
  public StackLabels stacks() {
    return stacks;
  }

  /** Takes back, every few seconds, the ids of label sets that nobody has any more. */
  public void sweep() {
    long nowNanos = System.nanoTime();
    if (nowNanos - sweptNanos < SWEEP_NANOS) {
      return;
    }
    sweptNanos = nowNanos;
    threadSweep.run();
    carrierSweep.run();
    if (setSweep.applyAsLong(TimeUnit.NANOSECONDS.toMillis(nowNanos)) > 0) {
      log.errorOnce("label sets", "too many label sets: some samples do not have theirs");
    }
  }

  private static Object make(String name) throws ReflectiveOperationException {
    Class<?> type = Class.forName("java.lang.".concat(name), true, null);
    Constructor<?> constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }

  @SuppressWarnings("unchecked") // The classes are our own.
  private static StackLabels stackLabels(
      Object table, Object threads, Object mounts, Object makesMarks) {
    StackMarks marks = StackMarks.learn((ObjIntConsumer<Runnable>) makesMarks);
    return new StackLabels(
        marks,
        (IntFunction<String @Nullable []>) table,
        (LongFunction<String @Nullable []>) threads,
        new FrozenMarks(marks, (LongBinaryOperator) mounts, (Consumer<Boolean>) mounts));
  }
}
