package org.jvmpprof;

import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Hands tasks on with the labels in force. */
final class LabellingScheduledExecutorService
    extends LabellingExecutorService<ScheduledExecutorService> implements ScheduledExecutorService {

  LabellingScheduledExecutorService(ScheduledExecutorService executor) {
    super(executor);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    return executor.schedule(Labelled.of(task), delay, unit);
  }

  @Override
  public <T> ScheduledFuture<T> schedule(Callable<T> task, long delay, TimeUnit unit) {
    return executor.schedule(Labelled.of(task), delay, unit);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable task, long initialDelay, long period, TimeUnit unit) {
    return executor.scheduleAtFixedRate(Labelled.of(task), initialDelay, period, unit);
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable task, long initialDelay, long delay, TimeUnit unit) {
    return executor.scheduleWithFixedDelay(Labelled.of(task), initialDelay, delay, unit);
  }
}
