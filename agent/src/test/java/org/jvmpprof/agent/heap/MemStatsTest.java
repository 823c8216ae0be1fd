package org.jvmpprof.agent.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class MemStatsTest {
  private static final JvmCounters NONE = new JvmCounters(ByteBuffer.allocate(0));

  @Test
  void lines_afterCollection_tellMemoryAndCollections() {
    System.gc();
    assertThat(MemStats.lines(NONE))
        .allMatch(line -> line.matches("# [^=]+ = .+"))
        .anyMatch(line -> line.matches("# HeapUsed = [1-9][0-9]*"))
        .anyMatch(line -> line.matches("# HeapCommitted = [1-9][0-9]*"))
        .anyMatch(line -> line.matches("# HeapMax = [1-9][0-9]*"))
        .anyMatch(line -> line.matches("# NonHeapUsed = [1-9][0-9]*"))
        .anyMatch(line -> line.matches("# NonHeapCommitted = [1-9][0-9]*"))
        .anyMatch(line -> line.matches("# Pool\\[.+] = [0-9]+ / [0-9]+ / [1-9][0-9]*"))
        .anyMatch(line -> line.matches("# GCMillis\\[.+] = [0-9]+"))
        .anyMatch(line -> line.matches("# NumGC\\[.+] = [1-9][0-9]*"))
        .anyMatch(line -> line.matches("# LastGC = [A-Z].*"))
        .anyMatch(line -> line.matches("# LastGCMillis = [0-9]+"))
        .anyMatch(line -> line.matches("# LastGCHeap = [0-9]+ -> [0-9]+ / [1-9][0-9]*"))
        .noneMatch(line -> line.contains("Cause"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void lines_onLinux_tellResidentMemory() {
    assertThat(MemStats.lines(NONE)).anyMatch(line -> line.matches("# RSS = [1-9][0-9]{6,}"));
  }
}
