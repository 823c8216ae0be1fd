package org.jvmpprof;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A task that runs with the labels which were in force where it was handed over. */
final class Labelled implements Runnable {
  private final Consumer<Runnable> labels;
  private final Runnable task;

  private Labelled(Consumer<Runnable> labels, Runnable task) {
    this.labels = labels;
    this.task = task;
  }

  /** The task with the labels in force now; the task itself when there are none. */
  static Runnable of(Runnable task) {
    Objects.requireNonNull(task);
    Consumer<Runnable> labels = inForce();
    return labels == null ? task : new Labelled(labels, task);
  }

  /** The task with the labels in force now; the task itself when there are none. */
  static <T> Callable<T> of(Callable<T> task) {
    Objects.requireNonNull(task);
    Consumer<Runnable> labels = inForce();
    if (labels == null) {
      return task;
    }
    return () -> {
      Call<T> call = new Call<>(task);
      labels.accept(call);
      return call.result();
    };
  }

  @Override
  public void run() {
    labels.accept(task);
  }

  @SuppressWarnings("unchecked") // What the agent's half is.
  private static @Nullable Consumer<Runnable> inForce() {
    return (Consumer<Runnable>) AgentLabels.current();
  }
}
