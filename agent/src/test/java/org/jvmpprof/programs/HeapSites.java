package org.jvmpprof.programs;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Methods that allocate what their callers know. */
final class HeapSites {
  static final List<@Nullable Object> KEPT = new ArrayList<>();

  private static final int KIB = 1 << 10;
  private static final int MIB = 1 << 20;
  private static final int ARRAY_HEADER = 16;

  /** Keeps the compiler from leaving an allocation out. */
  @SuppressWarnings("UnusedVariable")
  private static volatile @Nullable Object sink;

  private HeapSites() {}

  static void shapes() {
    sitePersistent();
    siteTransient(1024, KIB);
    siteLarge();
    try {
      Method reflective = HeapSites.class.getDeclaredMethod("siteReflective");
      for (int i = 0; i < 32; i++) {
        reflective.invoke(null);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    siteLambda(() -> new byte[KIB - ARRAY_HEADER]);
    siteTwoSizes();
    siteMap();
  }

  static void sitePersistent() {
    for (int i = 0; i < 32; i++) {
      KEPT.add(new byte[32 - ARRAY_HEADER]);
    }
  }

  static void siteTransient(int count, int bytes) {
    for (int i = 0; i < count; i++) {
      sink = new byte[bytes - ARRAY_HEADER];
    }
    sink = null;
  }

  static void siteLarge() {
    sink = new byte[2 * MIB - ARRAY_HEADER];
    sink = null;
  }

  @SuppressWarnings("UnusedMethod") // called by reflection
  static void siteReflective() {
    KEPT.add(Array.newInstance(long.class, 100));
  }

  static void siteLambda(Supplier<Object> supplier) {
    for (int i = 0; i < 32; i++) {
      KEPT.add(supplier.get());
    }
  }

  static void siteTwoSizes() {
    for (int i = 0; i < 32; i++) {
      KEPT.add(new byte[128 * (1 + i % 2) - ARRAY_HEADER]);
    }
  }

  static void siteMap() {
    Map<Integer, Object> map = new HashMap<>();
    for (int i = 0; i < 1000; i++) {
      map.put(i, KEPT);
    }
    KEPT.add(map);
  }

  static void siteKept(int megabytes) {
    for (int i = 0; i < megabytes; i++) {
      KEPT.add(new byte[MIB - ARRAY_HEADER]);
    }
  }

  static void siteChurn(int rounds) {
    for (int i = 0; i < rounds; i++) {
      sink = new byte[16 * MIB - ARRAY_HEADER];
    }
    sink = null;
  }

  static void siteAgain(int megabytes) {
    for (int i = 0; i < megabytes; i++) {
      sink = new byte[MIB - ARRAY_HEADER];
    }
    sink = null;
  }

  static void siteKept1k(int megabytes) {
    for (int i = 0; i < megabytes * KIB; i++) {
      KEPT.add(new byte[KIB - ARRAY_HEADER]);
    }
  }

  static void siteAlsoKept1k(int megabytes) {
    for (int i = 0; i < megabytes * KIB; i++) {
      KEPT.add(new byte[KIB - ARRAY_HEADER]);
    }
  }

  static void siteKept64k(int megabytes) {
    for (int i = 0; i < megabytes * 16; i++) {
      KEPT.add(new byte[64 * KIB - ARRAY_HEADER]);
    }
  }

  static void siteChurned(int megabytes) {
    for (long i = 0; i < (long) megabytes * MIB; i += 512) {
      sink = new byte[512 - ARRAY_HEADER];
    }
  }

  static void siteKeptSmall(int megabytes) {
    for (long i = 0; i < (long) megabytes * MIB; i += Small.BYTES) {
      KEPT.add(new Small());
    }
  }

  static void siteFinalized(int count) {
    for (int i = 0; i < count; i++) {
      sink = new Finalized();
    }
    sink = null;
  }

  static void siteHumongous() {
    KEPT.add(new byte[40 * MIB - ARRAY_HEADER]);
    KEPT.add(new long[5 * MIB - ARRAY_HEADER / Long.BYTES]);
    sink = new byte[40 * MIB - ARRAY_HEADER];
    sink = null;
  }

  static void siteSmallArrays(int count) {
    for (int i = 0; i < count; i++) {
      byte[] array = new byte[4 * KIB - ARRAY_HEADER];
      synchronized (KEPT) {
        KEPT.add(array);
      }
      LockSupport.parkNanos(1);
    }
  }

  static void siteDeep(int frames) {
    if (frames > 1) {
      siteDeep(frames - 1);
    } else {
      sink = new byte[MIB - ARRAY_HEADER];
      sink = null;
    }
  }

  /** Its memory is in use until its finalizer has run. With its header 32 bytes. */
  static final class Finalized {
    static final CountDownLatch MAY_RUN = new CountDownLatch(1);
    static final AtomicInteger RUN = new AtomicInteger();

    @SuppressWarnings("UnusedVariable") // takes room
    private final long number = System.nanoTime();

    @SuppressWarnings("UnusedVariable")
    private final long another = number;

    @Override
    @SuppressWarnings({"deprecation", "removal", "Finalize"})
    protected void finalize() throws InterruptedException {
      MAY_RUN.await();
      RUN.incrementAndGet();
    }
  }

  /** With its header 32 bytes. */
  private static final class Small {
    static final int BYTES = 32;

    @SuppressWarnings("UnusedVariable") // takes room
    private final long number = System.nanoTime();

    @SuppressWarnings("UnusedVariable")
    private final long another = number;
  }
}
