package org.jvmpprof.agent.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JvmThreadNamesTest {
  @ParameterizedTest
  @CsvSource({
    "GC Thread#0, [jvm] GC",
    "G1 Conc#0, [jvm] GC",
    "Shenandoah GC T, [jvm] GC",
    "ZWorkerYoung#1, [jvm] GC",
    "C1 CompilerThre, [jvm] C1 compiler",
    "C2 CompilerThre, [jvm] C2 compiler",
    "VM Thread, [jvm] VM thread",
    "VM Periodic Tas, [jvm] other",
    "JFR Recorder Th, [jvm] JFR",
    "epoll-worker, [native] epoll-worker",
  })
  void root_nameOfThread_saysWhoseWorkItIs(String threadName, String root) {
    assertThat(JvmThreadNames.root(threadName)).isEqualTo(root);
  }
}
