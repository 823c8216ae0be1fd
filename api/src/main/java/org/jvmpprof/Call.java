package org.jvmpprof;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** One call of an action that returns something, through what runs actions that do not. */
final class Call<T> implements Runnable {
  private final Callable<T> action;
  private @Nullable T result;
  private @Nullable Throwable failure;

  Call(Callable<T> action) {
    this.action = action;
  }

  @Override
  public void run() {
    try {
      result = action.call();
    } catch (Throwable e) {
      failure = e;
    }
  }

  /** What the action has returned; throws what it has thrown. */
  @SuppressWarnings("NullAway") // An action may return null where its type says so.
  T result() throws Exception {
    if (failure != null) {
      Call.<Exception>throwAsIs(failure);
    }
    return result;
  }

  @SuppressWarnings("unchecked") // What an action throws is not always what Java says it may.
  private static <E extends Throwable> void throwAsIs(Throwable thrown) throws E {
    throw (E) thrown;
  }
}
