package org.jvmpprof.benchmarks.http;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jvmpprof.Pprof;

/**
 * An application with many threads, of which some work and mostly sleep and the others wait for
 * work, and many distinct stacks in each of its profiles. First all stacks are visited often enough
 * to be in the profiles, then some at a time. Runs until its input ends.
 */
public final class ManyStacks {
  /** What {@code mutex} is by default. */
  private static final int MUTEX_FRACTION = 10;

  /** What {@code block} is by default. */
  private static final int BLOCK_NANOS = 10_000;

  private static final int THREADS = 500;

  /** Together five times the mean between two samples of the heap profile. */
  private static final int FIRST_VISITS = 4;

  private static final int FIRST_BYTES = 640 << 10;
  private static final int LATER_BYTES = 64 << 10;
  private static final int CHUNK_BYTES = 32 << 10;
  private static final long HOLD_NANOS = 50_000;
  private static final long COMPUTE_NANOS = 250_000;

  /** Between two visits, of all threads that work. */
  private static final long VISIT_MICROS = 1_000;

  private static final AtomicInteger visits = new AtomicInteger();
  private static final Object lock = new Object();
  private static volatile boolean atDefaultRates;
  private static volatile byte[] garbage = {};

  private final Step[] steps;
  private final int paths;
  private final CountDownLatch firstVisits;

  private ManyStacks(Step[] steps, int paths) {
    this.steps = steps;
    this.paths = paths;
    firstVisits = new CountDownLatch(paths * FIRST_VISITS);
  }

  /**
   * Runs.
   *
   * @param args how many classes {@code StepN} there are, how many threads work, and how many
   *     distinct stacks each profile has
   */
  public static void main(String[] args) throws Exception {
    ManyStacks application =
        new ManyStacks(steps(Integer.parseInt(args[0])), Integer.parseInt(args[2]));
    Pprof.setBlockProfileRate(1);
    Pprof.setMutexProfileFraction(1);
    application.start(Integer.parseInt(args[1]));
    application.firstVisits.await();
    Pprof.setBlockProfileRate(BLOCK_NANOS);
    Pprof.setMutexProfileFraction(MUTEX_FRACTION);
    atDefaultRates = true;
    System.out.println("ready");
    int unused = System.in.read();
  }

  private void start(int working) {
    long sleepMicros = working * VISIT_MICROS;
    for (int i = 0; i < working; i++) {
      start(() -> walk(sleepMicros), "app-" + i);
    }
    BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
    for (int i = working; i < THREADS; i++) {
      start(() -> awaitWork(work), "app-" + i);
    }
  }

  private static void start(Runnable body, String name) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void awaitWork(BlockingQueue<Runnable> work) {
    try {
      while (true) {
        work.take().run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Step[] steps(int count) throws ReflectiveOperationException {
    Step[] steps = new Step[count];
    for (int i = 0; i < count; i++) {
      steps[i] =
          Class.forName(Step.class.getName() + i)
              .asSubclass(Step.class)
              .getDeclaredConstructor()
              .newInstance();
    }
    return steps;
  }

  private void walk(long sleepMicros) {
    while (true) {
      int visit = visits.getAndIncrement();
      Path path = new Path(Math.floorMod(visit, paths), steps, atLeaf -> visit(sleepMicros));
      path.next().run(path);
    }
  }

  private void visit(long sleepMicros) {
    allocate(atDefaultRates ? LATER_BYTES : FIRST_BYTES);
    synchronized (lock) {
      computeFor(HOLD_NANOS);
    }
    if (atDefaultRates) {
      computeFor(COMPUTE_NANOS);
      pause(sleepMicros);
    } else {
      firstVisits.countDown();
    }
  }

  private static void allocate(int bytes) {
    for (int done = 0; done < bytes; done += CHUNK_BYTES) {
      garbage = new byte[CHUNK_BYTES + garbage.length % 2];
    }
  }

  private static void computeFor(long nanos) {
    long endNanos = System.nanoTime() + nanos;
    while (System.nanoTime() < endNanos) {
      Thread.onSpinWait();
    }
  }

  private static void pause(long meanMicros) {
    try {
      TimeUnit.MICROSECONDS.sleep(ThreadLocalRandom.current().nextLong(2 * meanMicros));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
