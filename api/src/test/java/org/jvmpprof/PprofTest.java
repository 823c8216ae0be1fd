package org.jvmpprof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PprofTest {
  @AfterEach
  void forget() {
    System.clearProperty("jvmpprof.version");
    System.clearProperty("jvmpprof.running.dir");
  }

  @Test
  void answers_noAgent_areEmpty() {
    assertThat(Pprof.agentVersion()).isEmpty();
    assertThat(Pprof.directory()).isEmpty();
  }

  @Test
  void answers_agent_areWhatItHasSet() {
    System.setProperty("jvmpprof.version", "1.0");
    System.setProperty("jvmpprof.running.dir", "/profiles");
    assertThat(Pprof.agentVersion()).contains("1.0");
    assertThat(Pprof.directory()).contains(Path.of("/profiles"));
  }
}
