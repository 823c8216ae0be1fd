package org.jvmpprof;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Labels of the samples that profiles consist of, as Go's {@code pprof.Labels} and {@code
 * pprof.Do}:
 *
 * <pre>{@code
 * Labels.of("handler", "/checkout").run(() -> checkout(order));
 * }</pre>
 *
 * <p>While the action runs, every sample of its thread carries {@code handler=/checkout}, in the
 * CPU, goroutine, block and mutex profiles: {@code go tool pprof -tagfocus handler=/checkout}.
 * Scopes nest; the inner value of a key counts. A thread starts with the labels of the thread that
 * starts it, unless an executor does: see {@link #wrap(Executor)}.
 *
 * <p>Works from any class loader, whether the agent was there from the start or came later; without
 * an agent actions simply run. Immutable and thread-safe.
 */
public final class Labels {
  private static final Labels NONE = new Labels(Collections.emptySortedMap());

  private final Map<String, String> map;
  private final String[] pairs;

  /** The agent's half. Benign race: all that may be seen is equal. */
  private @Nullable Executor scope;

  private Labels(Map<String, String> sorted) {
    map = Collections.unmodifiableMap(sorted);
    pairs = new String[2 * map.size()];
    int size = 0;
    for (Map.Entry<String, String> label : map.entrySet()) {
      pairs[size] = label.getKey();
      pairs[size + 1] = label.getValue();
      size += 2;
    }
  }

  /**
   * Labels of these keys and values. Of several values of a key the last counts.
   *
   * @param keysAndValues key, value, key, value, …
   * @throws IllegalArgumentException when the last key has no value
   */
  public static Labels of(String... keysAndValues) {
    return NONE.with(keysAndValues);
  }

  /** The labels in force on the current thread; without an agent there are none. */
  public static Labels current() {
    return AgentLabels.current() instanceof Supplier<?> inForce
        ? of((String[]) inForce.get())
        : NONE;
  }

  /**
   * These labels and more, which win over those of the same key.
   *
   * @param keysAndValues key, value, key, value, …
   * @throws IllegalArgumentException when the last key has no value
   */
  public Labels with(String... keysAndValues) {
    if (keysAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("uneven number of arguments to pprof.Labels");
    }
    Map<String, String> all = new TreeMap<>(map);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      String key = Objects.requireNonNull(keysAndValues[i]);
      all.put(key, Objects.requireNonNull(keysAndValues[i + 1]));
    }
    return new Labels(all);
  }

  /**
   * Runs an action with these labels over those in force. Those in force before hold again
   * afterwards, whatever the action throws.
   */
  public void run(Runnable action) {
    Executor with = scope();
    if (with == null) {
      action.run();
    } else {
      with.execute(action);
    }
  }

  /**
   * Calls an action with these labels over those in force. Those in force before hold again
   * afterwards, whatever the action throws.
   *
   * @return what the action returns
   * @throws Exception what the action throws
   */
  public <T> T call(Callable<T> action) throws Exception {
    Executor with = scope();
    if (with == null) {
      return action.call();
    }
    Call<T> call = new Call<>(action);
    with.execute(call);
    return call.result();
  }

  /**
   * An executor that runs each task with the labels that are in force where it is handed over, and
   * no others.
   */
  public static Executor wrap(Executor executor) {
    return new LabellingExecutor<>(executor);
  }

  /** As {@link #wrap(Executor)}; all else is left to the executor itself. */
  public static ExecutorService wrap(ExecutorService executor) {
    return new LabellingExecutorService<>(executor);
  }

  /** As {@link #wrap(Executor)}; all else is left to the executor itself. */
  public static ScheduledExecutorService wrap(ScheduledExecutorService executor) {
    return new LabellingScheduledExecutorService(executor);
  }

  /** The labels by their keys, sorted; unmodifiable. */
  public Map<String, String> toMap() {
    return map;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Labels labels && Arrays.equals(pairs, labels.pairs);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(pairs);
  }

  /** As Go writes them: {@code {"handler":"/checkout", "tenant":"7"}}, sorted by key. */
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(", ", "{", "}");
    map.forEach((key, value) -> text.add(Quoted.of(key) + ':' + Quoted.of(value)));
    return text.toString();
  }

  private @Nullable Executor scope() {
    Executor known = scope;
    if (known == null && AgentLabels.present()) {
      known = AgentLabels.of(pairs);
      scope = known;
    }
    return known;
  }
}
