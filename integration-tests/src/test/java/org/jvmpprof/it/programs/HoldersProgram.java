package org.jvmpprof.it.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;

/**
 * A thread that holds a lock while others wait for it: Go's TestMutexProfile. The first argument is
 * the kind of lock, then come the number of waiters, the milliseconds that the lock is held and how
 * many locks are held one after the other. Prints {@code nanos}, what all waiters have waited by
 * their own clocks.
 */
// What the locks guard is never read, and nothing fails while they are held.
@SuppressWarnings({"UnusedVariable", "LockNotBeforeTry"})
public final class HoldersProgram {
  private HoldersProgram() {}

  /** A lock and the methods in which it is held and waited for. */
  private interface Held {
    void hold(Runnable meanwhile);

    void enter();
  }

  /**
   * Runs.
   *
   * @param args as the class says
   */
  public static void main(String[] args) throws InterruptedException {
    Agent.awaitComplete();
    int waiters = Integer.parseInt(args[1]);
    long millis = Long.parseLong(args[2]);
    long nanos = 0;
    for (int i = 0; i < Integer.parseInt(args[3]); i++) {
      nanos += holdAgainst(lock(args[0]), waiters, millis);
    }
    System.out.println("nanos=" + nanos);
  }

  private static Held lock(String kind) {
    return switch (kind) {
      case "block" -> new Block();
      case "method" -> new Method();
      case "lock" -> new Exclusive();
      case "write" -> new Write();
      case "stamped" -> new Stamped();
      default -> new Queue();
    };
  }

  private static long holdAgainst(Held lock, int waiters, long millis) throws InterruptedException {
    List<Waiter> started = new ArrayList<>();
    Thread holder =
        new Thread(
            () ->
                lock.hold(
                    () -> {
                      for (int i = 0; i < waiters; i++) {
                        started.add(new Waiter(lock));
                      }
                      started.forEach(Thread::start);
                      started.forEach(Waiter::awaitWaiting);
                      Pause.millis(millis);
                    }),
            "holder");
    holder.start();
    holder.join();
    long nanos = 0;
    for (Waiter waiter : started) {
      waiter.join();
      nanos += waiter.nanos;
    }
    return nanos;
  }

  private static final class Waiter extends Thread {
    private final Held lock;
    private long nanos;

    Waiter(Held lock) {
      super("waiter");
      this.lock = lock;
    }

    @Override
    public void run() {
      long begin = System.nanoTime();
      lock.enter();
      nanos = System.nanoTime() - begin;
    }

    void awaitWaiting() {
      while (getState() != State.BLOCKED && getState() != State.WAITING) {
        Pause.millis(1);
      }
    }
  }

  private static final class Block implements Held {
    private final Object lock = new Object();
    private int entered;

    @Override
    public void hold(Runnable meanwhile) {
      synchronized (lock) {
        meanwhile.run();
        entered++;
      }
    }

    @Override
    public void enter() {
      synchronized (lock) {
        entered++;
      }
    }
  }

  private static final class Method implements Held {
    private int entered;

    @Override
    public synchronized void hold(Runnable meanwhile) {
      meanwhile.run();
      entered++;
    }

    @Override
    public synchronized void enter() {
      entered++;
    }
  }

  private static final class Exclusive implements Held {
    private final ReentrantLock lock = new ReentrantLock();

    @Override
    public void hold(Runnable meanwhile) {
      lock.lock();
      meanwhile.run();
      lock.unlock();
    }

    @Override
    public void enter() {
      lock.lock();
      lock.unlock();
    }
  }

  private static final class Write implements Held {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    @Override
    public void hold(Runnable meanwhile) {
      lock.writeLock().lock();
      meanwhile.run();
      lock.writeLock().unlock();
    }

    @Override
    public void enter() {
      lock.writeLock().lock();
      lock.writeLock().unlock();
    }
  }

  private static final class Stamped implements Held {
    private final StampedLock lock = new StampedLock();

    @Override
    public void hold(Runnable meanwhile) {
      long stamp = lock.writeLock();
      meanwhile.run();
      lock.unlockWrite(stamp);
    }

    @Override
    public void enter() {
      lock.unlockWrite(lock.writeLock());
    }
  }

  /** Not a lock: who lets others wait for an item holds nothing. */
  private static final class Queue implements Held {
    private final BlockingQueue<String> items = new LinkedBlockingQueue<>();

    @Override
    public void hold(Runnable meanwhile) {
      meanwhile.run();
      items.add("item");
    }

    @Override
    public void enter() {
      try {
        items.take();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
