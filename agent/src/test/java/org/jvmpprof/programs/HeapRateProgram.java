package org.jvmpprof.programs;

import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.heap.HeapProfile;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.profile.Row;
import org.jvmpprof.agent.stack.Location;
import org.jvmpprof.agent.stack.StackTable;
import org.jvmpprof.agent.time.Ticker;

/**
 * Threads that are older than the rate with which they are sampled allocate 2 MB each. Prints the
 * bytes that the profile shows of each group of {@value #THREADS}, in parts of the truth.
 */
public final class HeapRateProgram {
  private static final int THREADS = 200;
  private static final int ARRAYS = 2000;
  private static final int ARRAY_BYTES = 1 << 10;
  private static final int ARRAY_HEADER = 16;
  private static final int RATE = 16 << 10;
  private static final int LARGE_RATE = 1 << 20;

  /** Arrays of 8 KB: more than the JVM lets pass between two samples when nobody has set a rate. */
  private static final int WARM = 1200;

  private static @Nullable Instrumentation instrumentation;

  @SuppressWarnings("UnusedVariable") // keeps the compiler from leaving an allocation out
  private static volatile @Nullable Object sink;

  private HeapRateProgram() {}

  public static void premain(String arguments, Instrumentation given) {
    instrumentation = given;
  }

  public static void main(String[] arguments) throws Exception {
    HeapProfile profile =
        new HeapProfile(
            Objects.requireNonNull(instrumentation),
            new StackTable(50_000, 100_000),
            new AgentThreads(),
            Ticker.system(),
            new AgentLog(System.out, AgentLog.Level.OFF));
    Group before = new Group(HeapRateProgram::siteBefore, WARM);
    profile.start(LARGE_RATE, true);
    Group larger = new Group(HeapRateProgram::siteLarger, 0);
    profile.setRate(RATE);
    before.run(profile);
    larger.run(profile);
    profile.setRate(0);
    Group off = new Group(HeapRateProgram::siteOff, WARM);
    profile.setRate(RATE);
    off.run(profile);
    Thread last = new Thread(HeapRateProgram::siteLast);
    last.start();
    last.join();
    // Its samples have not been taken over yet.
    profile.stop();
    for (String site : List.of("siteBefore", "siteLarger", "siteOff")) {
      System.out.println(site + "=" + bytes(profile, site) / (THREADS * ARRAYS * ARRAY_BYTES));
    }
    System.out.println("line=" + line(profile, "siteLast"));
  }

  static void siteBefore(int arrays) {
    for (int i = 0; i < arrays; i++) {
      sink = new byte[ARRAY_BYTES - ARRAY_HEADER];
    }
  }

  static void siteLarger(int arrays) {
    for (int i = 0; i < arrays; i++) {
      sink = new byte[ARRAY_BYTES - ARRAY_HEADER];
    }
  }

  static void siteOff(int arrays) {
    for (int i = 0; i < arrays; i++) {
      sink = new byte[ARRAY_BYTES - ARRAY_HEADER];
    }
  }

  static void siteLast() {
    sink = new byte[LARGE_RATE];
  }

  private static double bytes(HeapProfile profile, String site) {
    return rows(profile, site).stream().mapToLong(row -> row.values().get(1)).sum();
  }

  private static int line(HeapProfile profile, String site) {
    return rows(profile, site).get(0).stack().locations().get(0).line();
  }

  private static List<Row> rows(HeapProfile profile, String site) {
    String function = HeapRateProgram.class.getName() + "." + site;
    List<Row> rows = new ArrayList<>();
    for (Row row : profile.heap().snapshot().rows()) {
      List<Location> locations = row.stack().locations();
      if (locations.stream().anyMatch(place -> place.function().name().equals(function))) {
        rows.add(row);
      }
    }
    return rows;
  }

  /** Allocates as many arrays as it is told. */
  private interface Site {
    void allocate(int arrays);
  }

  /** Threads that have allocated something already, and wait. */
  private static final class Group {
    private final CountDownLatch ready = new CountDownLatch(THREADS);
    private final CountDownLatch go = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    Group(Site site, int before) throws InterruptedException {
      for (int i = 0; i < THREADS; i++) {
        Thread thread = new Thread(() -> body(site, before));
        threads.add(thread);
        thread.start();
      }
      ready.await();
    }

    private void body(Site site, int before) {
      for (int i = 0; i < before; i++) {
        sink = new long[ARRAY_BYTES];
      }
      ready.countDown();
      try {
        go.await();
        site.allocate(ARRAYS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    void run(HeapProfile profile) throws InterruptedException {
      go.countDown();
      for (Thread thread : threads) {
        while (thread.isAlive()) {
          thread.join(50);
          profile.poll();
        }
      }
    }
  }
}
