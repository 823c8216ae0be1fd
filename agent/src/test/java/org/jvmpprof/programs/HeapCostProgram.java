package org.jvmpprof.programs;

import java.lang.instrument.Instrumentation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.heap.HeapProfile;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.stack.StackTable;
import org.jvmpprof.agent.time.Ticker;

/**
 * Allocates as many megabytes as the system property {@code megabytes} says, in objects of 24 bytes
 * to 2 KB of which some survive, and prints how many nanoseconds one took. With the agent it
 * samples them every 512 KiB.
 */
public final class HeapCostProgram {
  private static final int RATE_BYTES = 512 << 10;
  private static final int LIVE_OBJECTS = 1 << 15;
  private static final int WARM_UP_MEGABYTES = 2000;

  private static long seed = 42;

  private HeapCostProgram() {}

  public static void premain(String arguments, Instrumentation instrumentation) throws Exception {
    AgentThreads threads = new AgentThreads();
    HeapProfile profile =
        new HeapProfile(
            instrumentation,
            new StackTable(50_000, 100_000),
            threads,
            Ticker.system(),
            new AgentLog(System.err, AgentLog.Level.INFO));
    profile.start(RATE_BYTES, true);
    threads.start("drain", () -> drain(profile));
  }

  private static void drain(HeapProfile profile) {
    CountDownLatch never = new CountDownLatch(1);
    try {
      while (!never.await(100, TimeUnit.MILLISECONDS)) {
        profile.poll();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public static void main(String[] arguments) {
    int megabytes = Integer.getInteger("megabytes", 20_000);
    byte[] @Nullable [] live = new byte[LIVE_OBJECTS][];
    allocate(live, WARM_UP_MEGABYTES);
    long began = System.nanoTime();
    allocate(live, megabytes);
    System.out.println((System.nanoTime() - began) / megabytes);
  }

  private static void allocate(byte[] @Nullable [] live, int megabytes) {
    for (long bytes = (long) megabytes << 20; bytes > 0; ) {
      seed = seed * 6364136223846793005L + 1442695040888963407L;
      int size = 8 + (int) (seed >>> 33) % 2000;
      byte[] object = new byte[size];
      for (int i = 0; i < size; i += 8) {
        object[i] = (byte) (seed >>> (i & 31));
      }
      live[(int) (seed >>> 49)] = object;
      bytes -= size + 16;
    }
  }
}
