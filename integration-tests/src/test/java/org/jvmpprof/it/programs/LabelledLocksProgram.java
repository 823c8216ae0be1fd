package org.jvmpprof.it.programs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jvmpprof.Labels;
import org.jvmpprof.Pprof;

/**
 * Threads of each kind that hold a lock under one label while others wait for it under another; the
 * lock of java.util.concurrent is released under a third. The argument is the file of the goroutine
 * profile that is written meanwhile. Prints {@code kinds}, which threads there were.
 */
public final class LabelledLocksProgram {
  private static volatile boolean released;

  private LabelledLocksProgram() {}

  /** A lock, the thread that holds it and the one that waits for it. */
  private abstract static class Pair {
    private final String kind;
    private final List<Thread> threads = new ArrayList<>();
    volatile boolean held;

    Pair(String kind) {
      this.kind = kind;
    }

    abstract String name();

    abstract void hold();

    abstract void enter();

    final Labels label(String role) {
      return Labels.of("case", role + '.' + name() + '.' + kind);
    }

    final void untilReleased() {
      held = true;
      while (!released) {
        Pause.millis(1);
      }
    }

    void start() {
      boolean virtual = kind.equals("virtual");
      threads.add(Threads.start(virtual, () -> label("holds").run(this::hold)));
      while (!held) {
        Pause.millis(1);
      }
      Thread waiter = Threads.start(virtual, () -> label("waits").run(this::enter));
      threads.add(waiter);
      Threads.awaitWaiting(waiter);
    }

    void join() throws InterruptedException {
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  @SuppressWarnings("UnusedVariable") // What the monitor guards is never read.
  private static final class Monitor extends Pair {
    private int entered;

    Monitor(String kind) {
      super(kind);
    }

    @Override
    String name() {
      return "monitor";
    }

    @Override
    synchronized void hold() {
      entered++;
      untilReleased();
    }

    @Override
    synchronized void enter() {
      entered++;
    }
  }

  private static final class Lock extends Pair {
    private final ReentrantLock lock = new ReentrantLock();

    Lock(String kind) {
      super(kind);
    }

    @Override
    String name() {
      return "lock";
    }

    @Override
    @SuppressWarnings("LockNotBeforeTry") // Nothing fails while it is held.
    void hold() {
      lock.lock();
      untilReleased();
      label("releases").run(lock::unlock);
    }

    @Override
    @SuppressWarnings("LockNotBeforeTry")
    void enter() {
      lock.lock();
      lock.unlock();
    }
  }

  /** Runs. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Agent.awaitComplete();
    List<Pair> pairs = new ArrayList<>();
    for (String kind : Threads.kinds()) {
      pairs.add(new Monitor(kind));
      pairs.add(new Lock(kind));
    }
    pairs.forEach(Pair::start);
    Pause.millis(50);
    try (OutputStream out = Files.newOutputStream(Path.of(args[0]))) {
      Pprof.lookup("goroutine").orElseThrow().writeTo(out, 0);
    }
    released = true;
    for (Pair pair : pairs) {
      pair.join();
    }
    System.out.println("kinds=" + String.join(",", Threads.kinds()));
  }
}
