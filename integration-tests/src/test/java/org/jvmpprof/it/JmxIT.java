package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jvmpprof.it.ProfileAssert.assertThat;

import java.nio.file.Path;
import org.jvmpprof.it.programs.JmxProgram;

class JmxIT {
  @OnEachJdk
  void jmx_agent_canBeDrivenByName(Java java) throws Exception {
    HeapLibrary.assumeBuilt();
    Path file = java.directory().resolve("cpu-jmx.pb.gz");
    Path block = java.directory().resolve("block-dump.pb.gz");

    ChildJvm program =
        java.program(JmxProgram.class).agent().args(file.toString(), block.toString()).run();

    assertThat(program.text("loader")).isEqualTo("jvm-pprof");
    assertThat(program.text("status.version")).isNotEmpty();
    assertThat(program.text("status.dir")).isEqualTo(java.profiles().toString());
    assertThat(program.text("status.mutex")).isEqualTo("one in 10");
    assertThat(program.text("mutex")).isEqualTo("7");
    assertThat(program.value("block.off")).isZero();
    assertThat(program.value("block")).isEqualTo(1);
    assertThat(program.text("profiles").split(","))
        .contains("allocs", "block", "goroutine", "heap", "mutex", "threadcreate");
    assertThat(program.text("dump.twice")).contains("FileAlreadyExistsException");
    assertThat(ContentionProfile.block(java.directory()).under(".*JmxProgram\\.enter").delayNanos())
        .isGreaterThanOrEqualTo(20_000_000);
    assertThat(CpuProfile.in(java.directory()))
        .isValid()
        .hasFlatShareOfAtLeast(".*Cpu\\..*", 0.5)
        .hasStack(".*JmxProgram\\.busy", ".*JmxProgram\\.main");
  }
}
