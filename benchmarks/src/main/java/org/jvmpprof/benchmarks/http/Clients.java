package org.jvmpprof.benchmarks.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Clients of the agent, in a process of their own. Prints what they were answered. */
public final class Clients {
  private static final int PARALLEL = 64;

  private final String url;
  private final long endNanos;
  private final Map<String, Answers> answers = new TreeMap<>();

  private static final class Answers {
    int count;
    long bytes;
    long nanos;
  }

  private Clients(String url, long seconds) {
    this.url = url;
    endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
  }

  /**
   * Runs.
   *
   * @param args {@code scrape} or {@code load}, the URL up to {@code /debug/pprof/}, seconds; to
   *     scrape also the seconds of an interval, at least 2
   */
  public static void main(String[] args) throws InterruptedException {
    Clients clients = new Clients(args[1], Long.parseLong(args[2]));
    if (args[0].equals("scrape")) {
      clients.scrape(Long.parseLong(args[3]));
    } else {
      clients.load();
    }
    clients.print();
  }

  /**
   * Each route by itself, at its own time in the interval, as Alloy does: with a second less than
   * that for the CPU profile.
   */
  private void scrape(long intervalSeconds) throws InterruptedException {
    List<String> routes =
        List.of(
            "profile?seconds=" + (intervalSeconds - 1), "allocs", "block", "mutex", "goroutine");
    long intervalNanos = TimeUnit.SECONDS.toNanos(intervalSeconds);
    List<Runnable> all = new ArrayList<>();
    for (int i = 0; i < routes.size(); i++) {
      String route = routes.get(i);
      long firstNanos = System.nanoTime() + intervalNanos * i / routes.size();
      all.add(() -> scrape(route, firstNanos, intervalNanos));
    }
    run(all);
  }

  private void scrape(String route, long firstNanos, long intervalNanos) {
    for (long next = firstNanos; next < endNanos; next += intervalNanos) {
      try {
        TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
      } catch (InterruptedException e) {
        return;
      }
      get(route);
    }
  }

  /** All routes, as fast as they are answered. */
  private void load() throws InterruptedException {
    List<String> routes =
        new ArrayList<>(List.of("", "cmdline", "symbol?0x1", "profile?seconds=1"));
    for (String name : List.of("allocs", "block", "goroutine", "heap", "mutex", "threadcreate")) {
      routes.addAll(List.of(name, name + "?debug=1", name + "?debug=2", name + "?seconds=1"));
    }
    for (String name : List.of("block", "heap", "mutex")) {
      routes.add("delta_" + name);
    }
    List<Runnable> all = new ArrayList<>();
    for (int i = 0; i < PARALLEL; i++) {
      int first = i;
      all.add(
          () -> {
            for (int k = first; System.nanoTime() < endNanos; k++) {
              get(routes.get(k % routes.size()));
            }
          });
    }
    run(all);
  }

  private static void run(List<Runnable> bodies) throws InterruptedException {
    List<Thread> threads = bodies.stream().map(Thread::new).toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void get(String route) {
    long beganNanos = System.nanoTime();
    long bytes = 0;
    String outcome;
    try {
      HttpURLConnection connection = (HttpURLConnection) new URL(url + route).openConnection();
      int status = connection.getResponseCode();
      try (InputStream body =
          status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
        bytes = body.readAllBytes().length;
      }
      outcome = Integer.toString(status);
    } catch (IOException e) {
      outcome = e.toString();
    }
    count(route, outcome, bytes, System.nanoTime() - beganNanos);
  }

  private synchronized void count(String route, String outcome, long bytes, long nanos) {
    Answers known = answers.computeIfAbsent(outcome + " /" + route, key -> new Answers());
    known.count++;
    known.bytes += bytes;
    known.nanos += nanos;
  }

  private synchronized void print() {
    answers.forEach(
        (what, all) ->
            System.out.printf(
                "%-30s %6d times, mean %8d bytes, %7.1f ms%n",
                what, all.count, all.bytes / all.count, all.nanos / 1e6 / all.count));
  }
}
