package org.jvmpprof.agent.heap;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The JVM's own counters, as {@code jstat} reads them: it keeps them in any case, so nothing runs
 * in between. None where the JVM keeps none ({@code -XX:-UsePerfData}) or does not give them.
 */
final class JvmCounters {
  /** What JDK 17 wants as the second argument of {@code attach}, later ones none. */
  private static final String READ = "r";

  private static final String PACKAGE = "jdk.internal.perf";

  private static final int MAGIC = 0xcafec0c0;
  private static final int LITTLE_ENDIAN = 1;
  private static final int MAJOR_VERSION = 2;

  private static final int BYTE_ORDER = 4;
  private static final int MAJOR = 5;
  private static final int FIRST_ENTRY = 24;
  private static final int ENTRIES = 28;
  private static final int HEADER_BYTES = 32;

  private static final int ENTRY_BYTES = 0;
  private static final int ENTRY_NAME = 4;
  private static final int ENTRY_LENGTH = 8;
  private static final int ENTRY_VALUE = 16;

  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, Long> numbers = new HashMap<>();

  /** Reads the memory in which the JVM has them, in version 2 of its format. */
  JvmCounters(ByteBuffer memory) {
    ByteBuffer buffer = memory.duplicate().order(ByteOrder.BIG_ENDIAN);
    if (buffer.capacity() < HEADER_BYTES
        || buffer.getInt(0) != MAGIC
        || buffer.get(MAJOR) != MAJOR_VERSION) {
      return;
    }
    if (buffer.get(BYTE_ORDER) == LITTLE_ENDIAN) {
      buffer.order(ByteOrder.LITTLE_ENDIAN);
    }
    int at = buffer.getInt(FIRST_ENTRY);
    for (int i = buffer.getInt(ENTRIES); i > 0; i--) {
      read(buffer, at);
      at += buffer.getInt(at + ENTRY_BYTES);
    }
  }

  /** The counters of this JVM as of now. */
  static JvmCounters read(Instrumentation instrumentation) {
    try {
      return new JvmCounters(memory(instrumentation));
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return new JvmCounters(ByteBuffer.allocate(0));
    }
  }

  /** A text, e.g. {@code sun.gc.lastCause}. */
  Optional<String> text(String name) {
    return Optional.ofNullable(texts.get(name));
  }

  /** A number, e.g. {@code sun.gc.collector.0.invocations}; 0 where there is none. */
  long number(String name) {
    return numbers.getOrDefault(name, 0L);
  }

  private void read(ByteBuffer buffer, int entry) {
    String name = text(buffer, entry + buffer.getInt(entry + ENTRY_NAME));
    int value = entry + buffer.getInt(entry + ENTRY_VALUE);
    if (buffer.getInt(entry + ENTRY_LENGTH) == 0) {
      numbers.put(name, buffer.getLong(value));
    } else {
      texts.put(name, text(buffer, value));
    }
  }

  private static String text(ByteBuffer buffer, int from) {
    int to = from;
    while (buffer.get(to) != 0) {
      to++;
    }
    byte[] bytes = new byte[to - from];
    buffer.get(from, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static ByteBuffer memory(Instrumentation instrumentation)
      throws ReflectiveOperationException {
    instrumentation.redefineModule(
        Object.class.getModule(),
        Set.of(),
        Map.of(PACKAGE, Set.of(JvmCounters.class.getModule())),
        Map.of(),
        Set.of(),
        Map.of());
    Class<?> type = Class.forName(PACKAGE + ".Perf");
    Object perf = type.getMethod("getPerf").invoke(null);
    // 0 is this JVM itself.
    for (Method method : type.getMethods()) {
      if (method.getName().equals("attach") && method.getParameterTypes()[0] == int.class) {
        Object[] arguments =
            method.getParameterCount() == 1 ? new Object[] {0} : new Object[] {0, READ};
        return (ByteBuffer) method.invoke(perf, arguments);
      }
    }
    throw new NoSuchMethodException("attach");
  }
}
