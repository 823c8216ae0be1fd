package org.jvmpprof.programs;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.heap.HeapProfile;
import org.jvmpprof.agent.heap.HeapUnavailableException;
import org.jvmpprof.agent.heap.MemStats;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.profile.Label;
import org.jvmpprof.agent.profile.Row;
import org.jvmpprof.agent.stack.Location;
import org.jvmpprof.agent.stack.StackTable;
import org.jvmpprof.agent.time.Ticker;

/**
 * Programs with known allocations, for a JVM of their own, named by the system property {@code
 * program}. Each prints the rows of {@link HeapSites}. Not in a package of the agent, whose frames
 * are not shown.
 */
public final class HeapProgram {
  private static final String HERE = HeapSites.class.getName() + ".";
  private static final int KIB = 1 << 10;

  private static @Nullable Instrumentation instrumentation;

  private HeapProgram() {}

  public static void premain(String arguments, Instrumentation given) {
    instrumentation = given;
  }

  public static void main(String[] arguments) throws Exception {
    AgentLog log = new AgentLog(System.out, AgentLog.Level.DEBUG);
    AgentThreads agentThreads = new AgentThreads();
    HeapProfile profile =
        new HeapProfile(
            Objects.requireNonNull(instrumentation),
            new StackTable(50_000, 100_000),
            agentThreads,
            Ticker.system(),
            log);
    String program = System.getProperty("program", "");
    try {
      switch (program) {
        case "everything" -> everything(profile);
        case "truth" -> truth(profile, Integer.getInteger("megabytes", 100));
        case "young" -> collectedByTheJvmAlone(profile);
        case "virtual" -> HeapCases.onVirtualThreads(profile);
        case "objects" -> HeapCases.objects(profile);
        case "rates" -> HeapCases.rates(profile);
        case "deep" -> HeapCases.deep(profile);
        case "agent" -> onAgentThread(profile, agentThreads);
        case "unload" -> unload(profile, Integer.getInteger("rounds", 200));
        case "start" -> profile.start(1, true);
        default -> throw new IllegalArgumentException(program);
      }
    } catch (HeapUnavailableException e) {
      System.out.println("unavailable=" + e.getMessage());
    }
  }

  /** One after the other, as a JVM takes longer to start than any of them. */
  private static void everything(HeapProfile profile) throws Exception {
    System.out.println("weak.before=" + weakReferences());
    profile.start(1, true);
    run(profile, HeapSites::shapes);
    // Printing allocates more than fits between two polls at a rate of 1.
    profile.setRate(16 * KIB);
    print(profile, "shapes");
    run(profile, () -> HeapSites.siteKept(128));
    print(profile, "kept");
    HeapSites.KEPT.clear();
    print(profile, "freed");
    run(profile, () -> HeapSites.siteChurn(40));
    print(profile, "churn");
    System.out.println("weak.sampling=" + weakReferences());
    profile.stop();
    System.out.println("weak.stopped=" + weakReferences());
    print(profile, "stopped");
    profile.start(16 * KIB, false);
    run(profile, () -> HeapSites.siteAgain(64));
    print(profile, "again");
    profile.stop();
  }

  /**
   * A hundred megabytes kept in 64 KB arrays, three times that in 1 KB, and so on, or less of it.
   */
  private static void truth(HeapProfile profile, int megabytes) throws Exception {
    profile.start(Integer.getInteger("rate", 512 * KIB), true);
    run(
        profile,
        () -> {
          HeapSites.siteKept1k(3 * megabytes);
          HeapSites.siteKept64k(megabytes);
          HeapSites.siteChurned(30 * megabytes);
          HeapSites.siteKeptSmall(20);
        });
    print(profile, "truth");
  }

  private static void collectedByTheJvmAlone(HeapProfile profile) throws Exception {
    profile.start(16 * KIB, true);
    run(profile, () -> HeapSites.siteKept(16));
    for (int i = 0; i < 10; i++) {
      run(profile, () -> HeapSites.siteTransient(50_000, KIB));
    }
    printRows(profile, "young");
    MemStats.lines(Objects.requireNonNull(instrumentation)).forEach(System.out::println);
  }

  private static void onAgentThread(HeapProfile profile, AgentThreads threads) throws Exception {
    System.out.println("weak.before=" + weakReferences());
    profile.start(16 * KIB, true);
    join(profile, threads.start("test", () -> HeapSites.siteTransient(100_000, KIB)));
    run(profile, () -> HeapSites.siteAgain(16));
    print(profile, "agent");
    profile.stop();
    System.out.println("weak.stopped=" + weakReferences());
  }

  /** Samples in classes that are gone before, while and after their names are read. */
  private static void unload(HeapProfile profile, int rounds) throws Exception {
    profile.start(1, true);
    CountDownLatch done = new CountDownLatch(1);
    Thread poller =
        new Thread(
            () -> {
              while (done.getCount() > 0) {
                profile.poll();
                profile.heap().snapshot();
              }
            });
    poller.start();
    for (int i = 0; i < rounds; i++) {
      new ThrowawayLoader().allocate();
      if (i % 20 == 19) {
        System.gc();
      }
    }
    done.countDown();
    poller.join();
    profile.stop();
    System.out.println("unloaded=" + unloadedClasses());
  }

  private static long unloadedClasses() {
    return ManagementFactory.getClassLoadingMXBean().getUnloadedClassCount();
  }

  static void run(HeapProfile profile, Runnable body) throws InterruptedException {
    // A thread that is older than the rate takes its first sample by the one before.
    Thread thread = new Thread(body, "program");
    thread.start();
    join(profile, thread);
  }

  static void join(HeapProfile profile, Thread thread) throws InterruptedException {
    do {
      thread.join(50);
      profile.poll();
    } while (thread.isAlive());
  }

  static void print(HeapProfile profile, String phase) {
    profile.collect();
    printRows(profile, phase);
  }

  static void printRows(HeapProfile profile, String phase) {
    for (Row row : profile.heap().snapshot().rows()) {
      List<String> functions =
          row.stack().locations().stream().map(place -> place.function().name()).toList();
      int site = 0;
      while (site < functions.size() && !functions.get(site).startsWith(HERE + "site")) {
        site++;
      }
      if (site < functions.size()) {
        String name = functions.get(site).substring(HERE.length());
        System.out.println(
            String.join(
                " ", "row", phase, name, functions.get(0), labels(row), values(row), lines(row)));
      }
    }
  }

  private static String labels(Row row) {
    StringBuilder text = new StringBuilder();
    for (Label label : row.labels().list()) {
      text.append(label.key()).append(':');
      text.append(label.text().isEmpty() ? String.valueOf(label.number()) : label.text());
      text.append(',');
    }
    return text.toString();
  }

  private static String values(Row row) {
    return String.join(":", row.values().stream().map(String::valueOf).toList());
  }

  private static String lines(Row row) {
    return row.stack().locations().stream()
        .filter(place -> place.function().name().startsWith(HERE))
        .mapToInt(Location::line)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(","));
  }

  private static long weakReferences() throws Exception {
    String printed = threadDump();
    String before = "weak refs: ";
    int at = printed.lastIndexOf(before) + before.length();
    return Long.parseLong(printed.substring(at).split("\\D", 2)[0]);
  }

  /** As {@code jcmd Thread.print} tells it, the JVM's number of weak references included. */
  static String threadDump() throws Exception {
    return (String)
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "threadPrint",
                new Object[] {new String[0]},
                new String[] {String[].class.getName()});
  }

  /** Defines a class anew, which can be unloaded with it. */
  private static final class ThrowawayLoader extends ClassLoader {
    void allocate() throws IOException, ReflectiveOperationException {
      String name = Throwaway.class.getName();
      try (InputStream in =
          HeapProgram.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
        byte[] bytes = Objects.requireNonNull(in).readAllBytes();
        Class<?> type = defineClass(name, bytes, 0, bytes.length);
        type.asSubclass(Runnable.class).getConstructor().newInstance().run();
      }
    }
  }

  /** Allocates once. */
  public static final class Throwaway implements Runnable {
    private static volatile @Nullable Object kept;

    /** For the loader. */
    public Throwaway() {}

    @Override
    public void run() {
      kept = new Object[] {new long[10], kept};
    }
  }
}
