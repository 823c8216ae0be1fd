package org.jvmpprof.it.programs;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Runs phases of different kinds in turns, and prints as {@code phase.<method>=nanos} how much CPU
 * time each of them took by the thread's CPU clock.
 */
public final class PhasesProgram {
  private static final long SLICE_NANOS = 250_000_000;

  private static final byte[] from = new byte[1 << 20];
  private static final byte[] to = new byte[1 << 20];
  private static final Map<Integer, Integer> map = new HashMap<>();
  private static final BigInteger FACTOR = BigInteger.ONE.shiftLeft(4000).subtract(BigInteger.TEN);

  private static volatile long sink;

  private PhasesProgram() {}

  /**
   * Warms up, then measures.
   *
   * @param args how many nanoseconds of CPU time all phases together take
   */
  public static void main(String[] args) {
    Map<String, Runnable> phases = new LinkedHashMap<>();
    phases.put("inlined", PhasesProgram::inlined);
    phases.put("recursion", PhasesProgram::recursion);
    phases.put("hashing", PhasesProgram::hashing);
    phases.put("copying", PhasesProgram::copying);
    phases.put("checksum", PhasesProgram::checksum);
    phases.put("strings", PhasesProgram::strings);
    phases.put("bigIntegers", PhasesProgram::bigIntegers);
    phases.put("clock", PhasesProgram::clock);
    warmUp(phases);
    long rounds = Math.max(1, Long.parseLong(args[0]) / (SLICE_NANOS * phases.size()));
    measured(phases, rounds)
        .forEach((phase, nanos) -> System.out.println("phase." + phase + "=" + nanos));
  }

  private static void warmUp(Map<String, Runnable> phases) {
    phases.values().forEach(PhasesProgram::slice);
  }

  private static Map<String, Long> measured(Map<String, Runnable> phases, long rounds) {
    Map<String, Long> nanos = new LinkedHashMap<>();
    for (long round = 0; round < rounds; round++) {
      phases.forEach((name, phase) -> nanos.merge(name, slice(phase), Long::sum));
    }
    return nanos;
  }

  /** A slice is many sampling periods long, so that little is left of where in one it begins. */
  private static long slice(Runnable phase) {
    long start = Cpu.threadNanos();
    long now = start;
    while (now - start < SLICE_NANOS) {
      phase.run();
      now = Cpu.threadNanos();
    }
    return now - start;
  }

  private static void inlined() {
    long sum = sink;
    for (int i = 0; i < 500_000; i++) {
      sum = mix(sum, i);
    }
    sink = sum;
  }

  private static long mix(long sum, int i) {
    return (sum ^ (sum >>> 7)) * 31 + i;
  }

  private static void recursion() {
    sink = fibonacci(23);
  }

  private static int fibonacci(int n) {
    return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
  }

  private static void hashing() {
    for (int i = 0; i < 20_000; i++) {
      map.merge((i * 0x9E3779B9) >>> 16, 1, Integer::sum);
    }
  }

  private static void copying() {
    for (int i = 0; i < 10; i++) {
      System.arraycopy(from, 0, to, 0, from.length);
    }
  }

  private static void checksum() {
    CRC32 crc = new CRC32();
    for (int i = 0; i < 10; i++) {
      crc.update(from, 0, from.length);
    }
    sink = crc.getValue();
  }

  private static void strings() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      text.append("row ").append(i).append(';');
    }
    sink = text.toString().length();
  }

  private static void bigIntegers() {
    BigInteger product = FACTOR;
    for (int i = 0; i < 100; i++) {
      product = product.multiply(FACTOR).shiftRight(4000);
    }
    sink = product.bitLength();
  }

  private static void clock() {
    long sum = 0;
    for (int i = 0; i < 30_000; i++) {
      sum += System.nanoTime();
    }
    sink = sum;
  }
}
