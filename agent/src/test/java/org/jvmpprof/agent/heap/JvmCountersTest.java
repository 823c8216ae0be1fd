package org.jvmpprof.agent.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JvmCountersTest {
  private static final int MAGIC = 0xcafec0c0;

  @Test
  void counters_ofEitherByteOrder_areRead() {
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      JvmCounters counters = new JvmCounters(memory(order, MAGIC, 2));
      assertThat(counters.number("gc.count")).isEqualTo(12345678901L);
      assertThat(counters.text("gc.cause")).contains("System.gc()");
      assertThat(counters.text("gc.count")).isEmpty();
      assertThat(counters.number("gc.unknown")).isZero();
    }
  }

  @Test
  void counters_otherFormat_areNone() {
    assertThat(new JvmCounters(memory(ByteOrder.BIG_ENDIAN, 1, 2)).text("gc.cause")).isEmpty();
    assertThat(new JvmCounters(memory(ByteOrder.BIG_ENDIAN, MAGIC, 3)).text("gc.cause")).isEmpty();
    assertThat(new JvmCounters(ByteBuffer.allocate(0)).text("gc.cause")).isEmpty();
  }

  /** A long and a text, after a header. */
  private static ByteBuffer memory(ByteOrder order, int magic, int version) {
    ByteBuffer memory = ByteBuffer.allocate(1024);
    memory.putInt(0, magic);
    memory.put(4, (byte) (order == ByteOrder.LITTLE_ENDIAN ? 1 : 0)).put(5, (byte) version);
    memory.order(order).putInt(24, 32).putInt(28, 2);
    entry(memory, 32, "gc.count", 0);
    memory.putLong(32 + 40, 12345678901L);
    entry(memory, 32 + 64, "gc.cause", 16);
    memory.put(32 + 64 + 40, "System.gc()\0".getBytes(StandardCharsets.UTF_8));
    return memory;
  }

  private static void entry(ByteBuffer memory, int at, String name, int length) {
    memory.putInt(at, 64).putInt(at + 4, 20).putInt(at + 8, length).putInt(at + 16, 40);
    memory.put(at + 20, name.getBytes(StandardCharsets.UTF_8));
  }
}
