package org.jvmpprof.it.programs;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jvmpprof.Labels;
import org.jvmpprof.Pprof;
import org.jvmpprof.Profile;

/**
 * Goroutine profiles while labels change all the time (Go's TestGoroutineProfileLabelRace) and
 * while cleaners run (TestGoroutineProfileIssue74090). Worker N has N frames of {@code level} on
 * its stack and no labels but {@code worker=N}; the caller has {@code dump=I} in dump I. The
 * argument is the file to which all dumps go, as text. Prints {@code cleaned}, how often a cleaner
 * has run.
 */
public final class LabelRaceProgram {
  private static final int WORKERS = 4;
  private static final int DUMPS = 60;

  private static final AtomicLong CLEANED = new AtomicLong();

  private static volatile boolean ended;

  private LabelRaceProgram() {}

  /** Runs. */
  public static void main(String[] args) throws IOException, InterruptedException {
    List<Thread> workers = new ArrayList<>();
    for (String kind : Threads.kinds()) {
      for (int i = 1; i <= WORKERS; i++) {
        // Odd numbers for platform threads.
        int number = kind.equals("virtual") ? 2 * i : 2 * i - 1;
        workers.add(Threads.start(kind.equals("virtual"), () -> level(number, number)));
      }
    }
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(Path.of(args[0])))) {
      dumps(out);
    }
    ended = true;
    for (Thread worker : workers) {
      worker.join();
    }
    System.out.println("cleaned=" + CLEANED.get());
  }

  private static void level(int more, int number) {
    if (more > 1) {
      level(more - 1, number);
      return;
    }
    Labels own = Labels.of("worker", String.valueOf(number));
    while (!ended) {
      own.run(LabelRaceProgram::work);
      work();
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // Virtual threads share few carriers.
  private static void work() {
    Cpu.burn();
    Thread.yield();
  }

  private static void dumps(OutputStream out) {
    Profile goroutine = Pprof.lookup("goroutine").orElseThrow();
    Cleaner cleaner = Cleaner.create();
    Labels cleaning = Labels.of("cleaner", "yes");
    for (int i = 0; i < DUMPS; i++) {
      for (int j = 0; j < 200; j++) {
        cleaner.register(new Object(), () -> cleaning.run(LabelRaceProgram::clean));
      }
      if (i % 5 == 0) {
        System.gc();
      }
      Labels.of("dump", String.valueOf(i)).run(() -> dump(goroutine, out));
    }
  }

  private static void dump(Profile goroutine, OutputStream out) {
    try {
      goroutine.writeTo(out, 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void clean() {
    CLEANED.incrementAndGet();
    Cpu.burn();
  }
}
