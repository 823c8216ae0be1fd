package org.jvmpprof.it.programs;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jvmpprof.Labels;

/**
 * Spends CPU time under labels in one of several ways, and prints as {@code <value>=nanos} (virtual
 * threads: in a unit of their own) how much under each value of the label {@code case}.
 */
public final class LabelsProgram {
  private static final long MICROS = 1000;
  private static final long MILLIS = 1000 * MICROS;

  private static volatile long sink;

  private LabelsProgram() {}

  /**
   * Runs.
   *
   * @param args which way
   */
  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "changing" -> changing();
      case "brief" -> brief();
      case "race" -> race();
      case "system" -> system();
      case "virtual" -> virtual();
      case "deep" -> deep(900);
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static Labels label(String value) {
    return Labels.of("case", value);
  }

  /** A scope each half a millisecond. */
  private static void changing() {
    Labels outer = Labels.of("phase", "changing");
    Labels seven = label("seven");
    Labels three = label("three");
    long[] nanos = new long[3];
    Cpu.burnNanos(300 * MILLIS);
    outer.run(
        () -> {
          while (nanos[0] + nanos[1] + nanos[2] < 10_000 * MILLIS) {
            nanos[0] += spent(seven, 700 * MICROS);
            nanos[1] += spent(three, 300 * MICROS);
            nanos[2] += spent(Labels.of("case", "new"), 200 * MICROS);
          }
        });
    System.out.println("seven=" + nanos[0] + "\nthree=" + nanos[1] + "\nnew=" + nanos[2]);
  }

  /** Scopes of next to nothing, so that many samples are taken where one begins or ends. */
  private static void brief() {
    Labels seven = label("seven");
    Labels.of("phase", "brief").run(() -> briefUntil(seven, Cpu.threadNanos() + 5000 * MILLIS));
  }

  private static void briefUntil(Labels labels, long endThreadNanos) {
    while (Cpu.threadNanos() < endThreadNanos) {
      for (int i = 0; i < 10_000; i++) {
        labels.run(() -> step(50));
      }
    }
  }

  private static long spent(Labels labels, long nanos) {
    long start = Cpu.threadNanos();
    labels.run(() -> burnUntil(start + nanos));
    return Cpu.threadNanos() - start;
  }

  private static void burnUntil(long threadNanos) {
    while (Cpu.threadNanos() < threadNanos) {
      step(200);
    }
  }

  private static void step(int rounds) {
    long value = sink;
    for (int i = 0; i < rounds; i++) {
      value = value * 6364136223846793005L + i;
    }
    sink = value;
  }

  private static void race() throws InterruptedException {
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      String value = "worker" + i;
      workers.add(new Thread(() -> work(value)));
    }
    for (Thread worker : workers) {
      worker.start();
    }
    for (Thread worker : workers) {
      worker.join();
    }
  }

  private static void work(String value) {
    long nanos = 0;
    while (nanos < 600 * MILLIS) {
      nanos += spent(label(value), 100 * MICROS);
    }
    System.out.println(value + "=" + nanos);
  }

  /** Makes work for the collector and the compilers. */
  private static void system() {
    label("user").run(LabelsProgram::allocate);
  }

  private static void allocate() {
    long end = Cpu.threadNanos() + 3000 * MILLIS;
    List<byte[]> kept = new ArrayList<>();
    while (Cpu.threadNanos() < end) {
      kept.add(new byte[64 << 10]);
      if (kept.size() > 500) {
        kept.subList(0, 300).clear();
      }
      if (kept.size() % 100 == 0) {
        System.gc();
      }
    }
  }

  /** Virtual threads that wait within their scopes, so that they change carriers. */
  private static void virtual() throws Exception {
    Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
    List<Thread> threads = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      int share = i;
      String value = "virtual" + i;
      LongAdder steps = new LongAdder();
      Runnable task = () -> label(value).run(() -> parkAndWork(value, share, steps));
      threads.add((Thread) start.invoke(null, task));
    }
    label("parent")
        .call(() -> joinedVirtual(start, () -> parkAndWork("parent", 4, new LongAdder())));
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static boolean joinedVirtual(Method start, Runnable task) throws Exception {
    ((Thread) start.invoke(null, task)).join();
    return true;
  }

  private static void parkAndWork(String value, int share, LongAdder steps) {
    for (int i = 0; i < 400; i++) {
      step(share * 800_000);
      steps.add(share);
      LockSupport.parkNanos(100 * MICROS);
    }
    System.out.println(value + "=" + steps.sum());
  }

  /** Work at the end of a deep recursion. */
  private static void deep(int depth) {
    label("deep").run(() -> recurse(depth));
  }

  private static void recurse(int depth) {
    if (depth > 0) {
      recurse(depth - 1);
    } else {
      Cpu.burnNanos(1000 * MILLIS);
    }
  }
}
