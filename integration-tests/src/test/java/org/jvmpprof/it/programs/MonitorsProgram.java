package org.jvmpprof.it.programs;

import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import jdk.jfr.FlightRecorder;

/**
 * Threads that wait for each other's monitors, some milliseconds each time. Once the agent says
 * that it uses JFR, they go through {@code measured}; what they have waited there is printed as
 * {@code waitedNanos=}, with {@code waits=} how often that was long and {@code enters=} how often
 * it can have been. Then it waits for a line.
 */
public final class MonitorsProgram {
  private static final String STATE = "jvmpprof.running.contention";
  private static final int THREADS = 4;
  private static final int ROUNDS = 50;
  private static final long HOLD_MILLIS = 5;
  private static final long LONG_NANOS = 1_000_000;
  private static final long PATIENCE_NANOS = 90_000_000_000L;

  private static final LongAdder waitedNanos = new LongAdder();
  private static final LongAdder waits = new LongAdder();

  private MonitorsProgram() {}

  private interface Held {
    void hold(Runnable inside);
  }

  private static final class Method implements Held {
    @Override
    public synchronized void hold(Runnable inside) {
      inside.run();
    }
  }

  /** Threads wait for the method's monitor and for that of the block in it. */
  private static final class Nested implements Held {
    @Override
    public synchronized void hold(Runnable inside) {
      synchronized (Nested.class) {
        inside.run();
      }
    }
  }

  @SuppressWarnings("JdkObsolete") // Its methods are synchronized.
  private static final class Jdk implements Held {
    private final Map<String, String> map = new Hashtable<>();

    @Override
    public void hold(Runnable inside) {
      map.compute(
          "key",
          (key, value) -> {
            inside.run();
            return "";
          });
    }
  }

  /**
   * Runs.
   *
   * @param args what is waited for: {@code Method}, {@code Nested}, {@code Jdk} or {@code nothing}
   */
  public static void main(String[] args) throws Exception {
    if (args[0].equals("nothing")) {
      await("off (no waits seen so far)");
      Thread.sleep(2_000);
      System.out.println("state=" + System.getProperty(STATE));
      System.out.println("jfr=" + FlightRecorder.isInitialized());
      return;
    }
    Held first = make(args[0]);
    Held second = args[0].equals("Nested") ? make(args[0]) : first;
    Thread[] threads = new Thread[THREADS];
    for (int i = 0; i < THREADS; i++) {
      Held held = i % 2 == 0 ? first : second;
      threads[i] = new Thread(() -> work(held));
      threads[i].start();
    }
    first.hold(() -> {});
    System.out.println("CONTENDED");
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.println("waitedNanos=" + waitedNanos);
    System.out.println("waits=" + waits);
    System.out.println("enters=" + THREADS * ROUNDS * (args[0].equals("Nested") ? 2 : 1));
    Handshake.await();
  }

  private static Held make(String kind) {
    return switch (kind) {
      case "Method" -> new Method();
      case "Nested" -> new Nested();
      case "Jdk" -> new Jdk();
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private static void work(Held held) {
    long deadlineNanos = System.nanoTime() + PATIENCE_NANOS;
    while (!state().contains("monitors: jfr") && System.nanoTime() < deadlineNanos) {
      before(held);
    }
    for (int i = 0; i < ROUNDS; i++) {
      measured(held);
    }
  }

  private static void before(Held held) {
    held.hold(MonitorsProgram::pause);
  }

  private static void measured(Held held) {
    long start = System.nanoTime();
    held.hold(
        () -> {
          long nanos = System.nanoTime() - start;
          waitedNanos.add(nanos);
          if (nanos > LONG_NANOS) {
            waits.increment();
          }
          pause();
        });
    // The others would rarely get the monitor otherwise.
    pause();
  }

  private static void pause() {
    try {
      Thread.sleep(HOLD_MILLIS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(String words) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + PATIENCE_NANOS;
    while (!state().contains(words) && System.nanoTime() < deadlineNanos) {
      Thread.sleep(10);
    }
  }

  private static String state() {
    return System.getProperty(STATE, "");
  }
}
