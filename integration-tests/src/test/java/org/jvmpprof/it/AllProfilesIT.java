package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jvmpprof.it.programs.ServedProgram;

/** Every kind of profile of one program, over HTTP and in files. */
class AllProfilesIT {
  @OnEachJdk
  void http_eachProfile_showsWhatTheProgramDoes(Java java) throws Exception {
    try (HttpAgent agent = HttpAgent.start(java)) {
      assertThat(agent.listed())
          .containsExactlyElementsOf(
              present("allocs", "block", "goroutine", "heap", "mutex", "threadcreate"));
      // A collection ends what is garbage, and a few allocations of 1 MB a round are sampled soon.
      agent.get("profile?seconds=1");
      if (HeapLibrary.isBuilt()) {
        showsHeap(agent);
      }
      assertShows(agent.get("block").valuesByStack(), "ServedProgram.compute", 1);
      assertShows(agent.get("mutex").valuesByStack(), "ServedProgram.compute", 1);
      assertShows(agent.get("goroutine").valuesByStack(), "ServedProgram.work", 0);
      assertShows(agent.get("threadcreate").valuesByStack(), "[started before the agent]", 0);
      assertThat(agent.get("goroutine?debug=2").text()).contains("name:\"one\"");
    }
  }

  private static void showsHeap(HttpAgent agent) throws Exception {
    assertShows(agent.get("allocs").valuesByStack(), "ServedProgram.allocate", 1);
    assertShows(agent.get("heap?gc=1").valuesByStack(), "ServedProgram.allocate", 1);
    String text = agent.get("heap?debug=1").text();
    assertThat(text).startsWith("heap profile: ");
    assertThat(text.lines().filter(line -> line.startsWith("# ")))
        .anyMatch(line -> line.matches("# HeapUsed = [1-9][0-9]*"))
        .anyMatch(line -> line.matches("# NonHeapCommitted = [1-9][0-9]*"))
        .anyMatch(line -> line.matches("# Pool\\[.+] = [0-9]+ / [0-9]+ / [1-9][0-9]*"))
        .anyMatch(line -> line.matches("# GCMillis\\[.+] = [0-9]+"))
        .anyMatch(line -> line.matches("# LastGCHeap = [0-9]+ -> [0-9]+ / [1-9][0-9]*"))
        .anyMatch(line -> line.matches("# RSS = [1-9][0-9]*"));
  }

  /** Without those that need a library that was not built. */
  private static List<String> present(String... names) throws IOException {
    boolean all = HeapLibrary.isBuilt();
    return Stream.of(names)
        .filter(name -> all || !(name.equals("heap") || name.equals("allocs")))
        .toList();
  }

  @OnEachJdk
  void files_eachProfile_areThereAndReadable(Java java) throws Exception {
    // Who answers by HTTP has begun to sample the heap, too.
    try (ChildJvm program =
            java.program(ServedProgram.class).agent(java.profiles(), "http=0").start();
        HttpAgent agent = HttpAgent.of(program)) {
      agent.program().send("stop");
      agent.program().awaitExit(0);
    }
    try (Stream<Path> files = Files.list(java.profiles())) {
      List<Path> all = files.sorted().toList();
      assertThat(all.stream().map(file -> file.getFileName().toString().replaceFirst("-.*", "")))
          .containsExactlyElementsOf(
              present("block", "cpu", "goroutine", "heap", "mutex", "threadcreate"));
      for (GoTool go : GoTool.all()) {
        for (Path file : all) {
          GoTool.Result top = go.pprof("-top", file.toString());
          assertThat(top.exit()).as(file + top.err()).isZero();
          assertThat(top.err()).as(file.toString()).isEmpty();
        }
      }
    }
  }

  private static void assertShows(Map<String, List<Long>> values, String function, int index) {
    assertThat(values.entrySet())
        .anySatisfy(
            row -> {
              assertThat(row.getKey()).contains(function);
              assertThat(row.getValue().get(index)).isPositive();
            });
  }
}
