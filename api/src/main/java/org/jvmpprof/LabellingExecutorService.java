package org.jvmpprof;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Hands tasks on with the labels in force. */
class LabellingExecutorService<E extends ExecutorService> extends LabellingExecutor<E>
    implements ExecutorService {

  LabellingExecutorService(E executor) {
    super(executor);
  }

  @Override
  public final <T> Future<T> submit(Callable<T> task) {
    return executor.submit(Labelled.of(task));
  }

  @Override
  public final <T> Future<T> submit(Runnable task, T result) {
    return executor.submit(Labelled.of(task), result);
  }

  @Override
  public final Future<?> submit(Runnable task) {
    return executor.submit(Labelled.of(task));
  }

  @Override
  public final <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks)
      throws InterruptedException {
    return executor.invokeAll(labelled(tasks));
  }

  @Override
  public final <T> List<Future<T>> invokeAll(
      Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException {
    return executor.invokeAll(labelled(tasks), timeout, unit);
  }

  @Override
  public final <T> T invokeAny(Collection<? extends Callable<T>> tasks)
      throws InterruptedException, ExecutionException {
    return executor.invokeAny(labelled(tasks));
  }

  @Override
  public final <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    return executor.invokeAny(labelled(tasks), timeout, unit);
  }

  @Override
  public final void shutdown() {
    executor.shutdown();
  }

  @Override
  public final List<Runnable> shutdownNow() {
    return executor.shutdownNow();
  }

  @Override
  public final boolean isShutdown() {
    return executor.isShutdown();
  }

  @Override
  public final boolean isTerminated() {
    return executor.isTerminated();
  }

  @Override
  public final boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return executor.awaitTermination(timeout, unit);
  }

  private static <T> List<Callable<T>> labelled(Collection<? extends Callable<T>> tasks) {
    return tasks.stream().<Callable<T>>map(Labelled::of).toList();
  }
}
