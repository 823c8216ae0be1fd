package org.jvmpprof.it.programs;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jvmpprof.Labels;
import org.jvmpprof.Pprof;

/**
 * Go's TestGoroutineCounts, for each kind of threads: 189 threads that wait in three methods, 89 of
 * them with a label, a cleaner and the caller with labels of their own. The argument is where the
 * profiles go, as {@code <kind>.txt} and {@code <kind>.pb.gz}.
 */
public final class GoroutineCountsProgram {
  private GoroutineCountsProgram() {}

  /** Runs. */
  public static void main(String[] args) throws InterruptedException {
    for (String kind : Threads.kinds()) {
      CountDownLatch end = new CountDownLatch(1);
      List<Thread> threads = new ArrayList<>(start(100, kind, end));
      Labels.of("label", "value").run(() -> threads.addAll(start(89, kind, end)));
      threads.forEach(Threads::awaitWaiting);
      startCleaning(end);
      Path files = Path.of(args[0]);
      Labels.of("self-label", "self-value")
          .run(
              () -> {
                write(files.resolve(kind + ".txt"), 1);
                write(files.resolve(kind + ".pb.gz"), 0);
              });
      end.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  private static List<Thread> start(int count, String kind, CountDownLatch end) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Runnable body =
          i % 10 == 0 ? () -> first(end) : i % 2 == 0 ? () -> second(end) : () -> third(end);
      threads.add(Threads.start(kind.equals("virtual"), body));
    }
    return threads;
  }

  /** Returns when the cleaner's thread is where it waits. */
  private static void startCleaning(CountDownLatch end) throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    Runnable action =
        () -> Labels.of("cleaner-label", "cleaner-value").run(() -> cleaning(started, end));
    Cleaner.create().register(new Object(), action);
    while (started.getCount() > 0) {
      System.gc();
      Pause.millis(10);
    }
  }

  private static void cleaning(CountDownLatch started, CountDownLatch end) {
    started.countDown();
    await(end);
  }

  private static void first(CountDownLatch end) {
    await(end);
  }

  private static void second(CountDownLatch end) {
    await(end);
  }

  private static void third(CountDownLatch end) {
    await(end);
  }

  private static void await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(Path file, int debug) {
    try (OutputStream out = Files.newOutputStream(file)) {
      Pprof.lookup("goroutine").orElseThrow().writeTo(out, debug);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
