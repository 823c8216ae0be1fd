package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.jvmpprof.it.programs.ServedProgram;

/** Where the heap profile's library cannot be loaded, everything else goes on. */
class HeapUnavailableIT {
  @OnEachJdk
  void temporaryDirectory_noexec_costsOneLine(Java java) throws Exception {
    HeapLibrary.assumeBuilt();
    try (TinyDisk disk = TinyDisk.mountAt(java.directory().resolve("noexec"), "noexec");
        ChildJvm program =
            java.program(ServedProgram.class)
                .flags("-Djava.io.tmpdir=" + disk.root())
                .agentArgument("http=0,cpu-engine=timer")
                .start()) {
      hasAllButTheHeap(HttpAgent.of(program));
    }
  }

  @OnEachJdk(25)
  void nativeAccess_denied_doesNotConcernIt(Java java) throws Exception {
    HeapLibrary.assumeBuilt();
    try (ChildJvm program =
        java.program(ServedProgram.class)
            .flags("--illegal-native-access=deny")
            .agentArgument("http=0")
            .start()) {
      HttpAgent agent = HttpAgent.of(program);
      assertThat(agent.listed()).contains("heap", "allocs", "goroutine");
      assertThat(agent.get("heap").status()).isEqualTo(200);
      assertThat(program.errLines()).hasSameSizeAs(program.agentLines());
      assertThat(program.agentLines()).noneMatch(line -> line.contains("cannot be loaded"));
    }
  }

  private static void hasAllButTheHeap(HttpAgent agent) throws Exception {
    assertThat(agent.listed()).contains("block", "goroutine", "mutex", "threadcreate");
    assertThat(agent.get("goroutine").valuesByStack()).isNotEmpty();
    assertThat(agent.get("profile?seconds=1").profile().getSampleCount()).isPositive();
    assertThat(agent.program().agentLines().stream().filter(line -> line.contains("heap")))
        .singleElement()
        .asString()
        .contains("its library cannot be loaded (", "failed to map segment", "-Djava.io.tmpdir");
    assertThat(agent.program().errLines()).hasSameSizeAs(agent.program().agentLines());
    assertThat(agent.program().isAlive()).isTrue();
  }
}
