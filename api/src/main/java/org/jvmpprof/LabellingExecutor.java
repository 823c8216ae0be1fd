package org.jvmpprof;

import java.util.Objects;
import java.util.concurrent.Executor;

/** Hands tasks on with the labels in force. */
class LabellingExecutor<E extends Executor> implements Executor {
  final E executor;

  LabellingExecutor(E executor) {
    this.executor = Objects.requireNonNull(executor);
  }

  @Override
  public final void execute(Runnable task) {
    executor.execute(Labelled.of(task));
  }

  @Override
  public final String toString() {
    return "labels for " + executor;
  }
}
