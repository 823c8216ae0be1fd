package org.jvmpprof.programs;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jvmpprof.agent.heap.HeapProfile;
import org.jvmpprof.agent.profile.Row;
import org.jvmpprof.agent.stack.Location;
import org.jvmpprof.agent.stack.Stack;

/** Programs of {@link HeapProgram}: kinds of objects, of threads, of stacks, and of rates. */
final class HeapCases {
  private static final int KIB = 1 << 10;
  private static final int THREADS = 100;
  private static final int DEPTH = 128;

  private HeapCases() {}

  /** Objects that the JVM treats in a way of its own. */
  static void objects(HeapProfile profile) throws Exception {
    profile.start(1, true);
    HeapProgram.run(profile, HeapSites::siteMap);
    HeapProgram.run(profile, HeapSites::siteHumongous);
    HeapProgram.run(profile, () -> HeapSites.siteFinalized(1000));
    // Printing allocates more than fits between two polls at a rate of 1.
    profile.setRate(16 * KIB);
    HeapProgram.print(profile, "waiting");
    HeapSites.Finalized.MAY_RUN.countDown();
    while (HeapSites.Finalized.RUN.get() < 1000) {
      System.gc();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    HeapProgram.print(profile, "finalized");
  }

  /** They give their carriers to each other between any two objects. */
  static void onVirtualThreads(HeapProfile profile) throws Exception {
    profile.start(1, true);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Runnable body = () -> HeapSites.siteSmallArrays(64);
      threads.add(
          (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, body));
    }
    for (Thread thread : threads) {
      HeapProgram.join(profile, thread);
    }
    profile.setRate(16 * KIB);
    HeapProgram.print(profile, "virtual");
  }

  /**
   * More than the hand-over holds; rates that change; more live objects than are to be followed.
   */
  static void rates(HeapProfile profile) throws Exception {
    profile.start(1, true);
    Thread flood = new Thread(() -> HeapSites.siteTransient(1_000_000, 64), "flood");
    flood.start();
    flood.join();
    profile.setRate(4 * KIB);
    HeapProgram.print(profile, "flood");
    System.out.println("lost=" + lost(profile));
    HeapSites.KEPT.clear();
    inOneThread(
        profile,
        () -> {
          for (int rate : new int[] {4 * KIB, 16 * KIB, 1}) {
            profile.setRate(rate);
            HeapSites.siteKept1k(32);
            profile.poll();
          }
          profile.setRate(64 * KIB);
          return null;
        });
    HeapProgram.print(profile, "rates");
    profile.stop();
    HeapSites.KEPT.clear();
    limited(profile);
  }

  private static void limited(HeapProfile profile) throws Exception {
    limit(profile, 4000);
    profile.start(2 * KIB, true);
    inOneThread(
        profile,
        () -> {
          for (int i = 0; i < 16; i++) {
            HeapSites.siteAlsoKept1k(8);
            profile.poll();
          }
          return null;
        });
    HeapProgram.print(profile, "limited");
    System.out.println("about.limited=" + profile.about());
    HeapSites.KEPT.clear();
    HeapProgram.print(profile, "released");
    System.out.println("about.released=" + profile.about());
  }

  /** Stacks shorter than what is kept of one, just as long, and longer. */
  static void deep(HeapProfile profile) throws Exception {
    profile.start(16 * KIB, true);
    int shallow = 100;
    printDepth(profile, "shallow", shallow);
    int others = deepest(profile).locations().size() - shallow;
    printDepth(profile, "full", DEPTH - others);
    printDepth(profile, "cut", DEPTH - others + 1);
    printDepth(profile, "deep", 500);
  }

  private static void printDepth(HeapProfile profile, String name, int frames) throws Exception {
    HeapProgram.run(profile, () -> HeapSites.siteDeep(frames));
    List<Location> places = deepest(profile).locations();
    Location leaf = places.get(0);
    System.out.println(
        String.join(
            " ",
            "depth." + name + "=" + places.size(),
            leaf.function().name(),
            leaf.line() == places.get(1).line() ? "calls" : "allocates",
            places.get(places.size() - 1).function().name()));
  }

  /** The last that was sampled, as each is of more recursion than the one before. */
  private static Stack deepest(HeapProfile profile) {
    return profile.raw().rows().stream()
        .map(Row::stack)
        .filter(stack -> recursion(stack) > 0)
        .max(Comparator.comparingLong(HeapCases::recursion))
        .orElseThrow();
  }

  private static long recursion(Stack stack) {
    return stack.locations().stream()
        .filter(place -> place.function().name().endsWith(".siteDeep"))
        .count();
  }

  private static String lost(HeapProfile profile) {
    return profile.raw().rows().stream()
        .filter(
            row -> row.stack().locations().get(0).function().name().endsWith("lostProfileEvent"))
        .map(row -> row.values().get(0) + ":" + row.values().get(1))
        .findAny()
        .orElse("");
  }

  /** A thread that is there before and after the rate changes. */
  private static void inOneThread(HeapProfile profile, Callable<?> body) throws Exception {
    List<Exception> failures = new ArrayList<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                body.call();
              } catch (Exception e) {
                failures.add(e);
              }
            },
            "rates");
    thread.start();
    thread.join();
    profile.poll();
    for (Exception failure : failures) {
      throw failure;
    }
  }

  /** As if so few objects were the most to follow. */
  private static void limit(HeapProfile profile, int maxLive) throws ReflectiveOperationException {
    Field limit = HeapProfile.class.getDeclaredField("limit");
    limit.setAccessible(true);
    Constructor<?> constructor = limit.getType().getDeclaredConstructor(int.class);
    constructor.setAccessible(true);
    limit.set(profile, constructor.newInstance(maxLive));
  }
}
