package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jvmpprof.it.programs.StatesProgram;

/** What the running agent says of threads in every state, and that it shows no others. */
class GoroutineTextIT {
  private static final String PROGRAM = StatesProgram.class.getName();
  private static final Pattern HEAD =
      Pattern.compile("goroutine (\\d+) \\[([A-Za-z ]+?) name:\"([^\"]*)\"(.*)\\]:");

  private static final String STARTED =
      "java.lang.Thread.start org.jvmpprof.it.programs.Threads.start";

  /** On the stacks that start threads of the agent, or of the JDK for it. */
  private static final String INSIDE = ".*(org\\.jvmpprof\\.agent|jdk\\.jfr|httpserver)\\..*";

  private static final Map<String, String> STATES =
      Map.of(
          "sleeps", "sleep",
          "waits", "wait",
          "enters", "monitor",
          "locks", "park",
          "parks", "park",
          "accepts", "IO wait",
          "reads", "IO wait",
          "selects", "IO wait",
          "deep", "park",
          "runs", "running");

  /** A thread of the text. */
  private record Goroutine(long id, String state, String name, String more, String lines) {
    static Goroutine of(String text) {
      String head = text.lines().findFirst().orElseThrow();
      Matcher parts = HEAD.matcher(head);
      assertThat(parts.matches()).as(head).isTrue();
      String lines = text.substring(head.length() + 1);
      return new Goroutine(
          Long.parseLong(parts.group(1)), parts.group(2), parts.group(3), parts.group(4), lines);
    }

    boolean isIn(String method) {
      return lines.contains(PROGRAM + '.' + method + "(...)\n");
    }

    boolean isVirtual() {
      return name.isEmpty();
    }
  }

  @OnEachJdk
  void goroutine_threadsInEveryState_areToldAsTheyAre(Java java) throws Exception {
    Path own = java.directory().resolve("own.txt");
    try (HttpAgent agent =
        HttpAgent.of(
            java.program(StatesProgram.class).api().agent("http=0").args(own.toString()).start())) {
      for (boolean virtual : java.jdk().version() < 21 ? List.of(false) : List.of(false, true)) {
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(() -> assertThat(states(agent, virtual)).isEqualTo(STATES));
      }
      List<Goroutine> all = goroutines(agent.get("goroutine?debug=2").text());
      assertThat(all).isSortedAccordingTo(Comparator.comparingLong(Goroutine::id));
      assertLocks(all, agent.program().value("main"));
      assertThat(all.stream().filter(thread -> thread.isIn("deep")))
          .allMatch(thread -> thread.lines.contains("...28 frames elided...\n"))
          .allMatch(thread -> thread.lines.split("\\(\\.\\.\\.\\)\n", -1).length >= 101);
      assertCreators(all, agent.program().value("main"));
      assertNothingElseIsThere(java, agent, own);
    }
  }

  private static Map<String, String> states(HttpAgent agent, boolean virtual)
      throws IOException, InterruptedException {
    Map<String, String> states = new LinkedHashMap<>();
    for (Goroutine thread : goroutines(agent.get("goroutine?debug=2").text())) {
      STATES.keySet().stream()
          .filter(method -> thread.isVirtual() == virtual && thread.isIn(method))
          .forEach(method -> states.put(method, thread.state));
    }
    return states;
  }

  private static List<Goroutine> goroutines(String text) {
    return Arrays.stream(text.split("\n\n"))
        .map(record -> record + '\n')
        .map(Goroutine::of)
        .toList();
  }

  /** The JVM tells the lock of platform threads only. */
  private static void assertLocks(List<Goroutine> all, long mainId) {
    String owner = " owner:" + mainId + " \"main\"";
    for (Goroutine thread : all) {
      if (!thread.isVirtual() && thread.isIn("enters")) {
        assertThat(thread.more).matches(" lock:java\\.lang\\.Object@[0-9a-f]+" + owner);
      } else if (!thread.isVirtual() && thread.isIn("locks")) {
        assertThat(thread.more)
            .matches(" lock:java\\.util\\.concurrent\\.locks\\.ReentrantLock\\$.*" + owner);
      } else {
        assertThat(thread.more).as(thread.lines).doesNotContain("owner:");
      }
    }
  }

  private static void assertCreators(List<Goroutine> all, long mainId) {
    for (Goroutine thread : all) {
      boolean known = thread.name.equals("waiter");
      String created =
          "created by org.jvmpprof.it.programs.Threads.start in goroutine "
              + mainId
              + "\n\torg/jvmpprof/it/programs/Threads.java:";
      assertThat(thread.lines.contains(created)).as(thread.name).isEqualTo(known);
    }
  }

  /** While the agent does all that it has threads for. */
  private static void assertNothingElseIsThere(Java java, HttpAgent agent, Path own)
      throws Exception {
    List<CompletableFuture<Scrape>> collections =
        Stream.of("trace?seconds=5", "profile?seconds=5")
            .map(route -> CompletableFuture.supplyAsync(() -> get(agent, route)))
            .toList();
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(
            () -> {
              agent.program().send("dump");
              assertThat(agent.program().values().getOrDefault("names", ""))
                  .contains("jvm-pprof-drain", "jvm-pprof-http", "JFR ");
            });
    List<Goroutine> all = goroutines(agent.get("goroutine?debug=2").text());
    Scrape goroutine = agent.get("goroutine");
    Scrape threadcreate = agent.get("threadcreate");
    assertThat(collections).noneMatch(CompletableFuture::isDone);

    int threads = 1 + STATES.size() * (java.jdk().version() < 21 ? 1 : 2);
    assertThat(all).hasSize(threads);
    assertThat(sum(goroutine, "")).isEqualTo(threads);
    assertThat(sum(threadcreate, "[started before the agent]")).isEqualTo(1);
    assertThat(sum(threadcreate, STARTED)).isEqualTo(STATES.size());
    assertThat(threadcreate.valuesByStack().keySet()).noneMatch(stack -> stack.matches(INSIDE));
    List<Goroutine> seenByMain = goroutines(Files.readString(own));
    assertThat(seenByMain).hasSize(threads);
    assertThat(seenByMain.get(0).name + ' ' + seenByMain.get(0).state).isEqualTo("main running");
    assertThat(seenByMain.subList(1, threads))
        .isSortedAccordingTo(Comparator.comparingLong(Goroutine::id));
  }

  private static long sum(Scrape answer, String leaves) throws IOException {
    return answer.valuesByStack().entrySet().stream()
        .filter(row -> row.getKey().startsWith(leaves))
        .mapToLong(row -> row.getValue().get(0))
        .sum();
  }

  private static Scrape get(HttpAgent agent, String what) {
    try {
      return agent.get(what);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
