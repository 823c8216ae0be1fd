package org.jvmpprof.it.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;

/**
 * A lock is held while others wait for it, and somebody wakes a waiter without having held the
 * lock, before its holder releases it. The argument says who. Prints {@code nanos}, what all have
 * waited by their own clocks.
 */
@SuppressWarnings({"LockNotBeforeTry", "WaitNotInLoop"}) // nothing fails while a lock is held
public final class BystandersProgram {
  private static final long HELD_MILLIS = 400;
  private static final long PATIENCE_MILLIS = 100;

  private static final List<Waiter> WAITERS = new ArrayList<>();

  private BystandersProgram() {}

  /** Runs. */
  public static void main(String[] args) throws InterruptedException {
    Agent.awaitComplete();
    switch (args[0]) {
      case "givesUp" -> givesUp(new ReentrantLock());
      case "givesUpAlone" -> givesUpAlone(new ReentrantLock());
      case "unparks" -> unparks(new ReentrantLock());
      case "reads" -> reads(new ReentrantReadWriteLock());
      case "readsStamped" -> readsStamped(new StampedLock());
      default -> awaits(new ReentrantLock());
    }
    long nanos = 0;
    for (Waiter waiter : WAITERS) {
      waiter.join();
      nanos += waiter.nanos;
    }
    System.out.println("nanos=" + nanos);
  }

  /** The first in the queue gives up, and wakes the one behind it. */
  private static void givesUp(ReentrantLock lock) throws InterruptedException {
    lock.lock();
    Waiter impatient = await(() -> giveUp(lock));
    await(() -> lockAndUnlock(lock));
    impatient.join();
    hold(lock);
  }

  /** Nobody waits any more when the lock is released. */
  private static void givesUpAlone(ReentrantLock lock) throws InterruptedException {
    lock.lock();
    await(() -> giveUp(lock)).join();
    hold(lock);
  }

  private static void giveUp(ReentrantLock lock) {
    try {
      if (lock.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("the lock was free");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Somebody wakes the waiter for no reason. */
  private static void unparks(ReentrantLock lock) throws InterruptedException {
    lock.lock();
    Waiter waiter = await(() -> lockAndUnlock(lock));
    Thread stranger =
        new Thread(
            () -> {
              Pause.millis(PATIENCE_MILLIS);
              LockSupport.unpark(waiter);
            },
            "stranger");
    stranger.start();
    stranger.join();
    hold(lock);
  }

  /** Each reader that gets in wakes the next. */
  private static void reads(ReentrantReadWriteLock lock) throws InterruptedException {
    lock.writeLock().lock();
    for (int i = 0; i < 5; i++) {
      await(() -> readAndUnlock(lock));
    }
    Pause.millis(HELD_MILLIS);
    lock.writeLock().unlock();
  }

  private static void readsStamped(StampedLock lock) throws InterruptedException {
    long stamp = lock.writeLock();
    for (int i = 0; i < 5; i++) {
      await(() -> lock.unlockRead(lock.readLock()));
    }
    Pause.millis(HELD_MILLIS);
    lock.unlockWrite(stamp);
  }

  /** The holder releases the lock because it awaits a condition. */
  private static void awaits(ReentrantLock lock) throws InterruptedException {
    Condition condition = lock.newCondition();
    lock.lock();
    await(() -> lockAndUnlock(lock));
    Pause.millis(HELD_MILLIS);
    condition.await(1, TimeUnit.MILLISECONDS);
    lock.unlock();
  }

  private static void hold(ReentrantLock lock) {
    Pause.millis(HELD_MILLIS);
    lock.unlock();
  }

  private static void lockAndUnlock(ReentrantLock lock) {
    lock.lock();
    lock.unlock();
  }

  private static void readAndUnlock(ReentrantReadWriteLock lock) {
    lock.readLock().lock();
    lock.readLock().unlock();
  }

  private static Waiter await(Runnable lockAndUnlock) {
    Waiter waiter = new Waiter(lockAndUnlock);
    WAITERS.add(waiter);
    waiter.start();
    awaitParked(waiter);
    return waiter;
  }

  private static void awaitParked(Thread thread) {
    while (LockSupport.getBlocker(thread) == null) {
      Pause.millis(1);
    }
  }

  private static final class Waiter extends Thread {
    private final Runnable lockAndUnlock;
    private long nanos;

    Waiter(Runnable lockAndUnlock) {
      super("waiter");
      this.lockAndUnlock = lockAndUnlock;
    }

    @Override
    public void run() {
      long begin = System.nanoTime();
      lockAndUnlock.run();
      nanos = System.nanoTime() - begin;
    }
  }
}
