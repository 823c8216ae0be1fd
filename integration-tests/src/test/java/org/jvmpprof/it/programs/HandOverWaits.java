package org.jvmpprof.it.programs;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another thread hands over or announces, in java.util.concurrent. */
final class HandOverWaits {
  private HandOverWaits() {}

  static List<Wait> all() {
    return List.of(
        new SemaphoreAcquire(),
        new CountDownLatchAwait(),
        new CyclicBarrierAwait(),
        new PhaserAwait(),
        new ExchangerExchange(),
        new LinkedQueueTake(),
        new ArrayQueuePut(),
        new SynchronousQueueTake(),
        new CompletableFutureGet(),
        new FutureTaskGet(),
        new ForkJoinTaskJoin(),
        new LockSupportPark());
  }

  static final class SemaphoreAcquire implements Wait {
    private final Semaphore permits = new Semaphore(0);

    @Override
    public void block() throws InterruptedException {
      permits.acquire();
    }

    @Override
    public void end(Runnable meanwhile) {
      meanwhile.run();
      permits.release();
    }
  }

  static final class CountDownLatchAwait implements Wait {
    private volatile CountDownLatch latch = new CountDownLatch(1);

    @Override
    public void block() throws InterruptedException {
      latch.await();
    }

    @Override
    public void end(Runnable meanwhile) {
      latch = new CountDownLatch(1);
      meanwhile.run();
      latch.countDown();
    }
  }

  static final class CyclicBarrierAwait implements Wait {
    private final CyclicBarrier barrier = new CyclicBarrier(2);

    @Override
    public void block() throws InterruptedException, BrokenBarrierException {
      barrier.await();
    }

    @Override
    public void end(Runnable meanwhile) throws InterruptedException, BrokenBarrierException {
      meanwhile.run();
      barrier.await();
    }
  }

  static final class PhaserAwait implements Wait {
    private final Phaser phaser = new Phaser(2);

    @Override
    public void block() {
      phaser.arriveAndAwaitAdvance();
    }

    @Override
    public void end(Runnable meanwhile) {
      meanwhile.run();
      phaser.arrive();
    }
  }

  static final class ExchangerExchange implements Wait {
    private final Exchanger<String> exchanger = new Exchanger<>();

    @Override
    public void block() throws InterruptedException {
      exchanger.exchange("mine");
    }

    @Override
    public void end(Runnable meanwhile) throws InterruptedException {
      meanwhile.run();
      exchanger.exchange("yours");
    }
  }

  static final class LinkedQueueTake implements Wait {
    private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();

    @Override
    public void block() throws InterruptedException {
      queue.take();
    }

    @Override
    public void end(Runnable meanwhile) throws InterruptedException {
      meanwhile.run();
      queue.put("item");
    }
  }

  static final class ArrayQueuePut implements Wait {
    private final BlockingQueue<String> full = new ArrayBlockingQueue<>(1, false, List.of("item"));

    @Override
    public void block() throws InterruptedException {
      full.put("item");
    }

    @Override
    public void end(Runnable meanwhile) throws InterruptedException {
      meanwhile.run();
      full.take();
    }
  }

  static final class SynchronousQueueTake implements Wait {
    private final BlockingQueue<String> queue = new SynchronousQueue<>();

    @Override
    public void block() throws InterruptedException {
      queue.take();
    }

    @Override
    public void end(Runnable meanwhile) throws InterruptedException {
      meanwhile.run();
      queue.put("item");
    }
  }

  static final class CompletableFutureGet implements Wait {
    private volatile CompletableFuture<String> future = new CompletableFuture<>();

    @Override
    public void block() throws InterruptedException, ExecutionException {
      future.get();
    }

    @Override
    public void end(Runnable meanwhile) {
      future = new CompletableFuture<>();
      meanwhile.run();
      future.complete("value");
    }
  }

  static final class FutureTaskGet implements Wait {
    private volatile FutureTask<String> task = new FutureTask<>(() -> "value");

    @Override
    public void block() throws InterruptedException, ExecutionException {
      task.get();
    }

    @Override
    public void end(Runnable meanwhile) {
      task = new FutureTask<>(() -> "value");
      meanwhile.run();
      task.run();
    }
  }

  /** Of a thread that is not in the pool. */
  static final class ForkJoinTaskJoin implements Wait {
    private volatile ForkJoinTask<String> task = new Incomplete();

    @Override
    public void block() {
      task.join();
    }

    @Override
    public void end(Runnable meanwhile) {
      task = new Incomplete();
      meanwhile.run();
      task.complete("value");
    }

    private static final class Incomplete extends RecursiveTask<String> {
      private static final long serialVersionUID = 1;

      @Override
      protected String compute() {
        throw new IllegalStateException("nobody forks it");
      }
    }
  }

  /** Without a blocker. */
  static final class LockSupportPark implements Wait {
    private volatile boolean ended;
    private volatile Thread parked = Thread.currentThread();

    @Override
    public void block() {
      parked = Thread.currentThread();
      while (!ended) {
        LockSupport.park();
      }
      ended = false;
    }

    @Override
    public void end(Runnable meanwhile) {
      meanwhile.run();
      ended = true;
      LockSupport.unpark(parked);
    }
  }
}
