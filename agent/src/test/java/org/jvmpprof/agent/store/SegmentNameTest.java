package org.jvmpprof.agent.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentNameTest {
  private static final SegmentName NAME =
      new SegmentName("cpu", Instant.parse("2026-01-02T03:04:05.678Z"), 4711);

  @Test
  void fileName_parts_areReadBack() {
    assertThat(NAME.fileName()).isEqualTo("cpu-20260102T030405.678Z-4711.pb.gz");
    assertThat(SegmentName.of(Path.of("dir", NAME.fileName()))).contains(NAME);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "cpu.pb.gz",
        "cpu-20260102T030405.678Z-4711.pb.gz.bak",
        "cpu-20260102T030405.678Z-.pb.gz",
        "cpu-20261302T030405.678Z-4711.pb.gz",
        "cpu-20260102T030405Z-4711.pb.gz",
        "CPU-20260102T030405.678Z-4711.pb.gz",
        "mycpu-20260102T030405.678Z-4711.pb.gz",
        "my-cpu-20260102T030405.678Z-4711.pb.gz",
      })
  void of_foreignName_isEmpty(String name) {
    assertThat(SegmentName.of(Path.of(name))).isEmpty();
  }

  @Test
  void isUnfinished_onlyOurNames_areMeant() {
    assertThat(SegmentName.isUnfinished(Path.of(NAME.fileName() + ".tmp"))).isTrue();
    assertThat(SegmentName.isUnfinished(Path.of(NAME.fileName()))).isFalse();
    assertThat(SegmentName.isUnfinished(Path.of("editor.tmp"))).isFalse();
  }
}
