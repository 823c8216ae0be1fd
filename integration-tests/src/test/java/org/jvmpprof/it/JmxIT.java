package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jvmpprof.it.ProfileAssert.assertThat;

import java.nio.file.Path;
import org.jvmpprof.it.programs.JmxProgram;

class JmxIT {
  @OnEachJdk
  void jmx_agent_canBeDrivenByName(Java java) {
    Path file = java.directory().resolve("cpu-jmx.pb.gz");

    ChildJvm program = java.program(JmxProgram.class).agent().args(file.toString()).run();

    assertThat(program.text("status.version")).isNotEmpty();
    assertThat(program.text("status.dir")).isEqualTo(java.profiles().toString());
    assertThat(program.text("status.mutex")).isEqualTo("one in 10");
    assertThat(program.text("mutex")).isEqualTo("7");
    assertThat(CpuProfile.in(java.directory()))
        .isValid()
        .hasFlatShareOfAtLeast(".*Cpu\\..*", 0.5)
        .hasStack(".*JmxProgram\\.busy", ".*JmxProgram\\.main");
  }
}
