package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jvmpprof.it.programs.ServedProgram;

/** Many clients at once, for {@code -Djvmpprof.test.loadSeconds} or some seconds. */
class HttpLoadIT {
  private static final int CLIENTS = 64;
  private static final Duration SPAN =
      Duration.ofSeconds(Integer.getInteger("jvmpprof.test.loadSeconds", 5));

  /** A heap in which the program and 32 answers fit, not those of all requests. */
  private static final String HEAP = "-Xmx96m";

  private static final String TRACE = "trace?seconds=0.1";

  private final Semaphore traces = new Semaphore(2);
  private final Map<Integer, Integer> answersByStatus = new ConcurrentHashMap<>();

  @OnEachJdk
  void clients_onAllRoutes_getAnswersOr503(Java java) throws Exception {
    HeapLibrary.assumeBuilt();
    try (HttpAgent agent =
        HttpAgent.of(
            java.program(ServedProgram.class)
                .flags(HEAP, "-XX:+ExitOnOutOfMemoryError")
                .agentArgument("http=0")
                .start())) {
      List<String> routes =
          new ArrayList<>(
              List.of("", "cmdline", "symbol", "profile?seconds=1", "delta_block", "delta_mutex"));
      routes.addAll(List.of("delta_heap", "threads", TRACE));
      for (String name : agent.listed()) {
        routes.addAll(List.of(name, name + "?debug=1", name + "?debug=2", name + "?seconds=1"));
      }
      ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        int first = i;
        all.add(CompletableFuture.runAsync(() -> request(agent, routes, first), clients));
      }
      CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0])).join();
      clients.shutdown();
      assertThat(answersByStatus.keySet()).isSubsetOf(200, 503).contains(200);
      assertThat(agent.get("").status()).isEqualTo(200);
      agent.program().send("stop");
      agent.program().awaitExit(0);
      assertThat(agent.program().agentLines()).hasSize(1);
    }
  }

  private void request(HttpAgent agent, List<String> routes, int first) {
    long endNanos = System.nanoTime() + SPAN.toNanos();
    for (int i = first; System.nanoTime() < endNanos; i++) {
      String route = routes.get(i % routes.size());
      // Each writes files of megabytes.
      if (route.equals(TRACE) && !traces.tryAcquire()) {
        continue;
      }
      try {
        answersByStatus.merge(agent.get(route).status(), 1, Integer::sum);
      } catch (IOException | InterruptedException e) {
        throw new AssertionError(route, e);
      } finally {
        if (route.equals(TRACE)) {
          traces.release();
        }
      }
    }
  }
}
