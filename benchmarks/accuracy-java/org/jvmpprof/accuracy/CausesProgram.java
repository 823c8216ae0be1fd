package org.jvmpprof.accuracy;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Runs phases in turns whose time goes to the JVM, to native code and to the kernel, and prints as
 * {@code phase.<method>=nanos} how much CPU time each took by the thread's CPU clock.
 */
public final class CausesProgram {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final long SLICE_NANOS = 250_000_000;
  private static final int BYTES = 1 << 20;

  private final Object unsafe;
  private final Method allocateInstance;
  private final byte[] bytes = new byte[BYTES];
  private final byte[] deflated = new byte[BYTES];
  private final RandomAccessFile file;
  private Object sink = this;

  private CausesProgram() throws IOException, ReflectiveOperationException {
    Class<?> unsafeClass = Class.forName("sun.misc.Unsafe");
    Field theUnsafe = unsafeClass.getDeclaredField("theUnsafe");
    theUnsafe.setAccessible(true);
    unsafe = theUnsafe.get(null);
    allocateInstance = unsafeClass.getMethod("allocateInstance", Class.class);
    file = new RandomAccessFile(fileOf(bytes), "r");
    Deflater deflater = new Deflater();
    deflater.setInput(text());
    deflater.finish();
    deflater.deflate(deflated);
    deflater.end();
  }

  private static File fileOf(byte[] bytes) throws IOException {
    Path path = Files.createTempFile("accuracy-", ".bin");
    path.toFile().deleteOnExit();
    return Files.write(path, bytes).toFile();
  }

  /** Neither random, which would only be copied, nor all the same. */
  private static byte[] text() {
    return IntStream.range(0, BYTES / 8)
        .mapToObj(i -> i * i % 9973 + " ")
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Warms up, then measures.
   *
   * @param args how many seconds of CPU time all phases together take
   */
  public static void main(String[] args) throws Exception {
    CausesProgram program = new CausesProgram();
    Map<String, Runnable> phases = new LinkedHashMap<>();
    phases.put("exceptions", program::exceptions);
    phases.put("instances", program::instances);
    phases.put("inflation", program::inflation);
    phases.put("reads", program::reads);
    phases.values().forEach(CausesProgram::slice);
    long rounds = Long.parseLong(args[0]) * 1_000_000_000 / (SLICE_NANOS * phases.size());
    measured(phases, Math.max(1, rounds))
        .forEach((phase, nanos) -> System.out.println("phase." + phase + "=" + nanos));
  }

  private static Map<String, Long> measured(Map<String, Runnable> phases, long rounds) {
    Map<String, Long> nanos = new LinkedHashMap<>();
    for (long round = 0; round < rounds; round++) {
      phases.forEach((name, phase) -> nanos.merge(name, slice(phase), Long::sum));
    }
    return nanos;
  }

  private static long slice(Runnable phase) {
    long start = THREADS.getCurrentThreadCpuTime();
    long now = start;
    while (now - start < SLICE_NANOS) {
      phase.run();
      now = THREADS.getCurrentThreadCpuTime();
    }
    return now - start;
  }

  private void exceptions() {
    for (int i = 0; i < 100; i++) {
      sink = exception(50);
    }
  }

  private static Exception exception(int depth) {
    return depth == 0 ? new Exception() : exception(depth - 1);
  }

  /** Calls into the JVM if the compilers are told not to inline {@code allocateInstance}. */
  private void instances() {
    try {
      for (int i = 0; i < 1_000; i++) {
        sink = allocateInstance.invoke(unsafe, Object.class);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private void inflation() {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(deflated);
      inflater.inflate(bytes);
    } catch (DataFormatException e) {
      throw new IllegalStateException(e);
    } finally {
      inflater.end();
    }
  }

  private void reads() {
    try {
      file.seek(0);
      file.readFully(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
