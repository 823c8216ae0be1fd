package org.jvmpprof.agent.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvmpprof.agent.jvm.ChildJvm;
import org.jvmpprof.agent.jvm.Jdk;

class VirtualThreadsTest {
  @TempDir Path scratch;

  @Test
  void snapshot_virtualThreads_areCountedAndTheirCarriersAreNot() throws Exception {
    for (Jdk jdk : Jdk.since(21)) {
      assertThat(ChildJvm.run(jdk, scratch, VirtualProgram.class))
          .containsExactly(
              "parked 10000",
              "burn 1",
              "main 1",
              "carriers 0",
              "parked in dump 10001",
              "burning in dump true",
              "torn 0",
              "churned");
    }
  }

  @Test
  void snapshot_untrackedVirtualThreads_saysThatTheyAreNotSeen() throws Exception {
    for (Jdk jdk : Jdk.since(21)) {
      List<String> lines =
          ChildJvm.run(jdk, scratch, VirtualProgram.class, "-Djdk.trackAllThreads=false");

      assertThat(lines)
          .contains(
              "jvm-pprof: goroutine shows no virtual threads:"
                  + " java.lang.ReflectiveOperationException: jdk.trackAllThreads is false",
              "parked 0",
              "main 1");
    }
  }
}
