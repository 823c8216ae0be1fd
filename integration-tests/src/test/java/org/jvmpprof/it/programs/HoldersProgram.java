package org.jvmpprof.it.programs;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;

/**
 * A thread that holds a lock while others wait for it: Go's TestMutexProfile. The first argument is
 * the kind of lock, after {@code virtual-} if virtual threads hold it and wait for it, then come
 * the number of waiters, the milliseconds that the lock is held, how many locks are held one after
 * the other; a further one has it begin at once, with the agent still at its start. Prints {@code
 * nanos}, what all waiters have waited by their own clocks, and {@code handover}, how much of it
 * the lock was free already.
 */
// What the locks guard is never read, and nothing fails while they are held.
@SuppressWarnings({"UnusedVariable", "LockNotBeforeTry", "JdkObsolete"})
public final class HoldersProgram {
  private static final String VIRTUAL = "virtual-";

  private final Held lock;
  private final boolean virtual;

  private HoldersProgram(Held lock, boolean virtual) {
    this.lock = lock;
    this.virtual = virtual;
  }

  /** A lock and the methods in which it is held and waited for. */
  private abstract static class Held {
    private long releasedNanos;
    private long handoverNanos;

    abstract void hold(Runnable meanwhile);

    abstract void enter();

    /** To be called first with the lock; the lock guards it. */
    final void acquired() {
      handoverNanos += System.nanoTime() - releasedNanos;
    }

    /** To be called last with the lock. */
    final void releasing() {
      releasedNanos = System.nanoTime();
    }
  }

  /**
   * Runs.
   *
   * @param args as the class says
   */
  public static void main(String[] args) throws InterruptedException {
    if (args.length == 4) {
      Agent.awaitComplete();
    }
    int waiters = Integer.parseInt(args[1]);
    long millis = Long.parseLong(args[2]);
    long nanos = 0;
    long handoverNanos = 0;
    for (int i = 0; i < Integer.parseInt(args[3]); i++) {
      Held lock = lock(args[0].replace(VIRTUAL, ""));
      nanos += new HoldersProgram(lock, args[0].startsWith(VIRTUAL)).holdAgainst(waiters, millis);
      handoverNanos += lock.handoverNanos;
    }
    System.out.println("nanos=" + nanos);
    System.out.println("handover=" + handoverNanos);
  }

  private static Held lock(String kind) {
    return switch (kind) {
      case "block" -> new Block();
      case "method" -> new Method();
      case "thrown" -> new Thrown();
      case "thrownMethod" -> new ThrownMethod();
      case "lock" -> new Exclusive();
      case "write" -> new Write();
      case "stamped" -> new Stamped();
      case "table" -> new OfTable();
      default -> new Queue();
    };
  }

  private long holdAgainst(int waiters, long millis) throws InterruptedException {
    List<Waiter> started = new ArrayList<>();
    Thread holder =
        Threads.start(
            virtual,
            () ->
                lock.hold(
                    () -> {
                      for (int i = 0; i < waiters; i++) {
                        started.add(new Waiter());
                      }
                      started.forEach(waiter -> Threads.awaitWaiting(waiter.thread));
                      Pause.millis(millis);
                    }));
    holder.join();
    long nanos = 0;
    for (Waiter waiter : started) {
      waiter.thread.join();
      nanos += waiter.nanos;
    }
    return nanos;
  }

  private final class Waiter {
    private final Thread thread = Threads.start(virtual, this::enter);
    private long nanos;

    private void enter() {
      long begin = System.nanoTime();
      lock.enter();
      nanos = System.nanoTime() - begin;
    }
  }

  private static final class Block extends Held {
    private final Object lock = new Object();

    @Override
    void hold(Runnable meanwhile) {
      synchronized (lock) {
        meanwhile.run();
        releasing();
      }
    }

    @Override
    void enter() {
      synchronized (lock) {
        acquired();
        releasing();
      }
    }
  }

  private static final class Method extends Held {
    @Override
    synchronized void hold(Runnable meanwhile) {
      meanwhile.run();
      releasing();
    }

    @Override
    synchronized void enter() {
      acquired();
      releasing();
    }
  }

  /** The holder leaves the block by an exception. */
  private static final class Thrown extends Held {
    private final Object lock = new Object();

    @Override
    void hold(Runnable meanwhile) {
      try {
        synchronized (lock) {
          meanwhile.run();
          releasing();
          throw new IllegalStateException("thrown");
        }
      } catch (IllegalStateException expected) {
        // It was about how the block is left.
      }
    }

    @Override
    void enter() {
      synchronized (lock) {
        acquired();
        releasing();
      }
    }
  }

  /** The holder leaves the method by an exception. */
  private static final class ThrownMethod extends Held {
    @Override
    void hold(Runnable meanwhile) {
      try {
        holdAndThrow(meanwhile);
      } catch (IllegalStateException expected) {
        // It was about how the method is left.
      }
    }

    private synchronized void holdAndThrow(Runnable meanwhile) {
      meanwhile.run();
      releasing();
      throw new IllegalStateException("thrown");
    }

    @Override
    synchronized void enter() {
      acquired();
      releasing();
    }
  }

  private static final class Exclusive extends Held {
    private final ReentrantLock lock = new ReentrantLock();

    @Override
    void hold(Runnable meanwhile) {
      lock.lock();
      meanwhile.run();
      releasing();
      lock.unlock();
    }

    @Override
    void enter() {
      lock.lock();
      acquired();
      releasing();
      lock.unlock();
    }
  }

  private static final class Write extends Held {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    @Override
    void hold(Runnable meanwhile) {
      lock.writeLock().lock();
      meanwhile.run();
      releasing();
      lock.writeLock().unlock();
    }

    @Override
    void enter() {
      lock.writeLock().lock();
      acquired();
      releasing();
      lock.writeLock().unlock();
    }
  }

  private static final class Stamped extends Held {
    private final StampedLock lock = new StampedLock();

    @Override
    void hold(Runnable meanwhile) {
      long stamp = lock.writeLock();
      meanwhile.run();
      releasing();
      lock.unlockWrite(stamp);
    }

    @Override
    void enter() {
      long stamp = lock.writeLock();
      acquired();
      releasing();
      lock.unlockWrite(stamp);
    }
  }

  /** A monitor of the JDK's. */
  private static final class OfTable extends Held {
    private final Hashtable<String, String> table = new Hashtable<>();

    @Override
    void hold(Runnable meanwhile) {
      table.computeIfAbsent(
          "key",
          key -> {
            meanwhile.run();
            releasing();
            return "value";
          });
    }

    @Override
    void enter() {
      table.get("key");
      acquired();
    }
  }

  /** Not a lock: who lets others wait for an item holds nothing. */
  private static final class Queue extends Held {
    private final BlockingQueue<String> items = new LinkedBlockingQueue<>();

    @Override
    void hold(Runnable meanwhile) {
      meanwhile.run();
      items.add("item");
    }

    @Override
    void enter() {
      try {
        items.take();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
