package org.jvmpprof.it.programs;

import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;

/** Waits for locks of java.util.concurrent. */
@SuppressWarnings("LockNotBeforeTry") // Nothing fails while they are held.
final class LockWaits {
  private LockWaits() {}

  static List<Wait> all() {
    return List.of(
        new ReentrantLockLock(),
        new WriteLockLock(),
        new ReadLockLock(),
        new StampedWriteLock(),
        new StampedReadLock(),
        new ConditionAwait());
  }

  static final class ReentrantLockLock implements Wait {
    private final ReentrantLock lock = new ReentrantLock();

    @Override
    public void block() {
      lock.lock();
      lock.unlock();
    }

    @Override
    public void end(Runnable meanwhile) {
      lock.lock();
      meanwhile.run();
      lock.unlock();
    }
  }

  static final class WriteLockLock implements Wait {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    @Override
    public void block() {
      lock.writeLock().lock();
      lock.writeLock().unlock();
    }

    @Override
    public void end(Runnable meanwhile) {
      lock.writeLock().lock();
      meanwhile.run();
      lock.writeLock().unlock();
    }
  }

  static final class ReadLockLock implements Wait {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    @Override
    public void block() {
      lock.readLock().lock();
      lock.readLock().unlock();
    }

    @Override
    public void end(Runnable meanwhile) {
      lock.writeLock().lock();
      meanwhile.run();
      lock.writeLock().unlock();
    }
  }

  static final class StampedWriteLock implements Wait {
    private final StampedLock lock = new StampedLock();

    @Override
    public void block() {
      lock.unlockWrite(lock.writeLock());
    }

    @Override
    public void end(Runnable meanwhile) {
      long stamp = lock.writeLock();
      meanwhile.run();
      lock.unlockWrite(stamp);
    }
  }

  static final class StampedReadLock implements Wait {
    private final StampedLock lock = new StampedLock();

    @Override
    public void block() {
      lock.unlockRead(lock.readLock());
    }

    @Override
    public void end(Runnable meanwhile) {
      long stamp = lock.writeLock();
      meanwhile.run();
      lock.unlockWrite(stamp);
    }
  }

  static final class ConditionAwait implements Wait {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition condition = lock.newCondition();
    private boolean ended;

    @Override
    public void block() throws InterruptedException {
      lock.lock();
      try {
        while (!ended) {
          condition.await();
        }
        ended = false;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void end(Runnable meanwhile) {
      meanwhile.run();
      lock.lock();
      try {
        ended = true;
        condition.signal();
      } finally {
        lock.unlock();
      }
    }
  }
}
