package org.jvmpprof.it.programs;

import java.util.List;

/** Waits for monitors, and with them. */
@SuppressWarnings("UnusedVariable") // What the monitors guard is never read.
final class MonitorWaits {
  private MonitorWaits() {}

  static List<Wait> all() {
    return List.of(
        new SynchronizedBlock(), new SynchronizedMethod(), new ObjectWait(), new ThreadJoin());
  }

  static final class SynchronizedBlock implements Wait {
    private final Object lock = new Object();
    private int entered;

    @Override
    public void block() {
      synchronized (lock) {
        entered++;
      }
    }

    @Override
    public void end(Runnable meanwhile) {
      synchronized (lock) {
        meanwhile.run();
        entered++;
      }
    }
  }

  static final class SynchronizedMethod implements Wait {
    private int entered;

    @Override
    public synchronized void block() {
      entered++;
    }

    @Override
    public synchronized void end(Runnable meanwhile) {
      meanwhile.run();
      entered++;
    }
  }

  static final class ObjectWait implements Wait {
    private final Object monitor = new Object();
    private boolean ended;

    @Override
    public void block() throws InterruptedException {
      synchronized (monitor) {
        while (!ended) {
          monitor.wait();
        }
        ended = false;
      }
    }

    @Override
    public void end(Runnable meanwhile) {
      meanwhile.run();
      synchronized (monitor) {
        ended = true;
        monitor.notifyAll();
      }
    }
  }

  static final class ThreadJoin implements Wait {
    private volatile Thread thread = new Thread();
    private volatile boolean ended;

    @Override
    public void block() throws InterruptedException {
      thread.join();
    }

    @Override
    public void end(Runnable meanwhile) {
      ended = false;
      thread = new Thread(this::untilEnded, "joined");
      thread.start();
      meanwhile.run();
      ended = true;
    }

    private void untilEnded() {
      while (!ended) {
        Pause.millis(1);
      }
    }
  }
}
