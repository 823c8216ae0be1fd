package org.jvmpprof.agent.contention;

import org.jspecify.annotations.Nullable;

/** Never runs: it is rewritten once, so that all that rewrites classes is loaded and works. */
@SuppressWarnings({"unused", "WaitNotInLoop"})
final class WeavingSample {
  private @Nullable Runnable field;

  private WeavingSample() {}

  private static synchronized long staticMethod(long[] values, double factor) {
    long sum = 0;
    for (long value : values) {
      sum += value > 0 ? value : (long) (value * factor);
    }
    return sum;
  }

  private synchronized void method() throws InterruptedException {
    try {
      wait(1);
    } finally {
      notifyAll();
    }
  }

  @Deprecated
  private int blocks(Object lock, int choice) {
    synchronized (lock) {
      field = () -> staticMethod(new long[choice], 1);
      return switch (choice) {
        case 0 -> 1;
        case 1000 -> choice;
        default -> {
          synchronized (this) {
            yield lock instanceof String text ? text.length() : 2;
          }
        }
      };
    }
  }
}
