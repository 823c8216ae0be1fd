package org.jvmpprof.programs;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Allocates at a moderate pace while classes and threads come and go, and prints once a minute how
 * much of everything there is. System properties: {@code minutes} to run, {@code port} of the
 * profiles. Ends with lines that tell what has grown from the second to the last sixth of the time.
 */
public final class HeapChurnProgram {
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int STEPS_PER_MINUTE = 1200;
  private static final int LOADERS = 40;
  private static final int NAMES = 1000;
  private static final int LIVE_OBJECTS = 1 << 15;
  private static final Object LOCK = new Object();
  private static final byte[] @Nullable [] LIVE = new byte[LIVE_OBJECTS][];
  private static final Pattern WEAK = Pattern.compile("weak refs: (\\d+)");
  private static final Pattern IN_USE = Pattern.compile("heap profile: (\\d+): ");
  private static final Pattern LOST =
      Pattern.compile("(?m)\\[(\\d+): \\d+\\] @[^\\n]*\\n#[^\\n]*lostProfileEvent");

  private final Deque<ClassLoader> loaders = new ArrayDeque<>();
  private final List<long[]> minutes = new ArrayList<>();
  private long threads;
  private long classes;

  private HeapChurnProgram() {}

  public static void main(String[] arguments) throws Exception {
    new HeapChurnProgram().run(Integer.getInteger("minutes", 60));
  }

  private void run(int count) throws Exception {
    System.out.println(
        "minute  rss-kb  heap-kb  classes  unloaded  threads  weak-refs  in-use  lost  cpu-percent");
    for (int minute = 0; minute < count; minute++) {
      long cpuBefore = cpuNanos();
      long began = System.nanoTime();
      for (int step = 0; step < STEPS_PER_MINUTE; step++) {
        step();
        LockSupport.parkNanos(began + (step + 1) * STEP_NANOS - System.nanoTime());
      }
      print(minute, (cpuNanos() - cpuBefore) * 100 / (System.nanoTime() - began));
    }
    verdict();
  }

  /** One class of its own loader, and one thread that waits for a lock this thread holds. */
  private void step() throws Exception {
    ChurnLoader loader = new ChurnLoader();
    loaders.addLast(loader);
    if (loaders.size() > LOADERS) {
      loaders.removeFirst();
    }
    Runnable body = loader.define((int) (classes++ % NAMES));
    Thread thread = new Thread(() -> allocate(threads), "churn-" + threads++);
    synchronized (LOCK) {
      thread.start();
      body.run();
      LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
    }
    thread.join();
  }

  private static void allocate(long seed) {
    synchronized (LOCK) {
      LIVE[(int) (seed % LIVE_OBJECTS)] = new byte[100];
    }
    for (int bytes = 3 << 20; bytes > 0; ) {
      seed = seed * 6364136223846793005L + 1442695040888963407L;
      byte[] object = new byte[(int) (seed >>> 33) % 2000];
      LIVE[(int) (seed >>> 49)] = object;
      bytes -= object.length + 16;
    }
  }

  private void print(int minute, long cpuPercent) throws Exception {
    System.gc();
    long heapKilobytes = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 10;
    // The agent looks for freed samples ten times a second.
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
    ClassLoadingMXBean loading = ManagementFactory.getClassLoadingMXBean();
    String text = heapText();
    long[] values = {
      residentKilobytes(),
      heapKilobytes,
      loading.getLoadedClassCount(),
      loading.getUnloadedClassCount(),
      threads,
      number(WEAK, threadDump()),
      number(IN_USE, text),
      number(LOST, text),
      cpuPercent,
    };
    minutes.add(values);
    StringBuilder line = new StringBuilder().append(minute);
    for (long value : values) {
      line.append("  ").append(value);
    }
    System.out.println(line);
  }

  private void verdict() {
    String[] names = {"rss-kb", "heap-kb", "classes"};
    int sixth = Math.max(minutes.size() / 6, 1);
    for (int i = 0; i < names.length; i++) {
      double before = mean(i, Math.min(sixth, minutes.size() - sixth), sixth);
      double after = mean(i, minutes.size() - sixth, sixth);
      System.out.printf(
          Locale.ROOT,
          "verdict: %s %.0f in the second sixth, %.0f in the last: %+.1f %%%n",
          names[i],
          before,
          after,
          100 * (after - before) / before);
    }
    System.out.println("verdict: ran to its end");
  }

  private double mean(int value, int from, int count) {
    return minutes.subList(from, from + count).stream()
        .mapToLong(minute -> minute[value])
        .average()
        .orElse(0);
  }

  private static long number(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Long.parseLong(Objects.requireNonNull(matcher.group(1))) : 0;
  }

  private static String heapText() throws IOException {
    String address = "http://127.0.0.1:" + System.getProperty("port") + "/debug/pprof/heap?debug=1";
    try (InputStream in = URI.create(address).toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String threadDump() throws Exception {
    return HeapProgram.threadDump();
  }

  private static long residentKilobytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  /** Defines one class under a name of its own. */
  private static final class ChurnLoader extends ClassLoader {
    Runnable define(int number) throws IOException, ReflectiveOperationException {
      String name = Churned0000.class.getName();
      String changed = name.replace("0000", String.format(Locale.ROOT, "%04d", number));
      byte[] bytes = classFile(name.replace('.', '/'), changed.replace('.', '/'));
      Class<?> type = defineClass(changed, bytes, 0, bytes.length);
      return type.asSubclass(Runnable.class).getConstructor().newInstance();
    }

    private static byte[] classFile(String name, String changed) throws IOException {
      try (InputStream in =
          Objects.requireNonNull(
              HeapChurnProgram.class.getResourceAsStream("/" + name + ".class"))) {
        String content = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        return content.replace(name, changed).getBytes(StandardCharsets.ISO_8859_1);
      }
    }
  }

  /** Allocates about a megabyte, which goes with its class, and locks. */
  public static final class Churned0000 implements Runnable {
    private final List<byte[]> kept = new ArrayList<>();

    /** For the loader. */
    public Churned0000() {}

    @Override
    public void run() {
      for (int i = 0; i < 1000; i++) {
        byte[] object = new byte[1000];
        synchronized (object) {
          if (i % 100 == 0) {
            kept.add(object);
          }
        }
      }
    }
  }
}
