package org.jvmpprof.agent.heap;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What the JVM says of its memory, in the form and place of Go's {@code runtime.MemStats} at the
 * end of a heap profile's text. Sizes are bytes.
 */
public final class MemStats {
  private static final String RESIDENT = "VmRSS:";

  /** Collectors that the JVM may have counters of: young, full, concurrent. */
  private static final int COLLECTORS = 3;

  private static final String ENTRY = "lastEntryTime";
  private static final String EXIT = "lastExitTime";
  private static final String NO_CAUSE = "No GC";

  private final JvmCounters counters;
  private final List<String> lines = new ArrayList<>();

  private MemStats(JvmCounters counters) {
    this.counters = counters;
  }

  /**
   * The lines as of now, each beginning with {@code "# "}; what the JVM does not know is left out.
   */
  public static List<String> lines(Instrumentation instrumentation) {
    return lines(JvmCounters.read(instrumentation));
  }

  static List<String> lines(JvmCounters counters) {
    MemStats stats = new MemStats(counters);
    stats.addMemory();
    stats.addCollections();
    residentBytes().ifPresent(bytes -> stats.add("RSS", bytes));
    return List.copyOf(stats.lines);
  }

  private void addMemory() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    MemoryUsage heap = memory.getHeapMemoryUsage();
    add("HeapUsed", heap.getUsed());
    add("HeapCommitted", heap.getCommitted());
    add("HeapMax", heap.getMax());
    add("NonHeapUsed", memory.getNonHeapMemoryUsage().getUsed());
    add("NonHeapCommitted", memory.getNonHeapMemoryUsage().getCommitted());
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage usage = pool.getUsage();
      if (usage != null) {
        String limits = usage.getCommitted() + (usage.getMax() < 0 ? "" : " / " + usage.getMax());
        add("Pool[" + pool.getName() + "]", usage.getUsed() + " / " + limits);
      }
    }
  }

  private void addCollections() {
    List<GarbageCollectorMXBean> collectors =
        ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class);
    for (GarbageCollectorMXBean collector : collectors) {
      add("NumGC[" + collector.getName() + "]", collector.getCollectionCount());
      add("GCMillis[" + collector.getName() + "]", collector.getCollectionTime());
    }
    collectors.stream()
        .filter(collector -> collector.getCollectionCount() > 0)
        .max(Comparator.comparingLong(collector -> endMillis(collector)))
        .ifPresent(this::addLast);
  }

  private void addLast(GarbageCollectorMXBean collector) {
    add("LastGC", collector.getName());
    GcInfo info = collector.getLastGcInfo();
    if (info != null) {
      add("LastGCMillis", info.getDuration());
      add(
          "LastGCHeap",
          heapBytes(info.getMemoryUsageBeforeGc(), MemoryUsage::getUsed)
              + " -> "
              + heapBytes(info.getMemoryUsageAfterGc(), MemoryUsage::getUsed)
              + " / "
              + heapBytes(info.getMemoryUsageAfterGc(), MemoryUsage::getCommitted));
    }
    // There is none while a concurrent collection runs.
    counters
        .text("sun.gc.lastCause")
        .filter(cause -> !cause.equals(NO_CAUSE))
        .ifPresent(cause -> add("LastGCCause", cause));
    addLastPause();
  }

  private void addLastPause() {
    String last = "";
    for (int i = 0; i < COLLECTORS; i++) {
      String collector = "sun.gc.collector." + i + ".";
      if (counters.number(collector + EXIT) > counters.number(last + EXIT)) {
        last = collector;
      }
    }
    long ticks = counters.number(last + EXIT) - counters.number(last + ENTRY);
    long ticksPerSecond = counters.number("sun.os.hrt.frequency");
    if (ticks > 0 && ticksPerSecond > 0) {
      add("LastGCPauseNanos", Math.round(1e9 * ticks / ticksPerSecond));
    }
  }

  /** The sum over the pools that objects are in. */
  private static long heapBytes(Map<String, MemoryUsage> pools, ToLongFunction<MemoryUsage> value) {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(pool -> pools.get(pool.getName()))
        .filter(Objects::nonNull)
        .mapToLong(value)
        .sum();
  }

  private static long endMillis(GarbageCollectorMXBean collector) {
    GcInfo info = collector.getLastGcInfo();
    return info == null ? 0 : info.getEndTime();
  }

  private void add(String key, Object value) {
    lines.add("# " + key + " = " + value);
  }

  private static Optional<Long> residentBytes() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status"), StandardCharsets.ISO_8859_1).stream()
          .filter(line -> line.startsWith(RESIDENT))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst();
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
