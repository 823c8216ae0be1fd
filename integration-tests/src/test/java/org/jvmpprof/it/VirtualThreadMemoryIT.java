package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.jvmpprof.it.programs.ManyVirtualThreadsProgram;

class VirtualThreadMemoryIT {
  private static final long MEGABYTE = 1 << 20;

  @OnEachJdk(25)
  void aMillionVirtualThreads_thatParked_leaveNoMemoryBehind(Java java) {
    ChildJvm program =
        java.program(ManyVirtualThreadsProgram.class)
            .flags("-Xmx512m")
            .agent("block=1ns", "mutex=1")
            .run();

    assertThat(program.value("parked")).isEqualTo(1_000_000);
    assertThat(program.value("after")).isLessThan(program.value("before") + 16 * MEGABYTE);
    assertThat(ContentionProfile.block(java.profiles()).contentions()).isPositive();
  }
}
