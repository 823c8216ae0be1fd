package org.jvmpprof.shapes;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Monitors in all the shapes that javac makes of them. Each returns what it should. */
@SuppressWarnings({"unused", "NullAway", "RedundantControlFlow"})
public final class Shapes implements ShapesDefaults {
  private static final int INITIALIZED;

  static {
    synchronized (Shapes.class) {
      INITIALIZED = 3;
    }
  }

  private final Object lock = new Object();
  private final int constructed;

  public Shapes() {
    synchronized (this) {
      constructed = INITIALIZED;
    }
  }

  /** Each shape by name. */
  public static Map<String, Callable<Object>> all() {
    Shapes shapes = new Shapes();
    Map<String, Callable<Object>> all = new TreeMap<>();
    all.put("constructor", () -> new Shapes().constructed);
    all.put("nested", () -> shapes.nested(new Object(), 2));
    all.put("nestedEarlyReturn", () -> shapes.nested(new Object(), 4));
    all.put("recursive", () -> recursive(shapes, 5));
    all.put("exceptionOut", () -> shapes.exceptionOut(new Object()));
    all.put("exceptionOutOfTwo", () -> shapes.exceptionOutOfTwo(new Object(), null));
    all.put("onlyExceptionOut", () -> shapes.onlyExceptionOut(new Object()));
    all.put("earlyReturn", () -> shapes.earlyReturn(new Object(), 1));
    all.put("returnInTry", () -> shapes.earlyReturn(new Object(), 2));
    all.put("caughtInside", () -> shapes.earlyReturn(new Object(), 3));
    all.put("nullLock", () -> shapes.nullLock(null));
    all.put("staticMethod", () -> staticMethod(3, 4L, 0.5));
    all.put("instanceMethod", () -> shapes.instanceMethod("12"));
    all.put("methodThatThrows", () -> shapes.instanceMethod("x"));
    all.put("methodWithBlocks", () -> shapes.methodWithBlocks(shapes));
    all.put("methodThatLoops", shapes::methodThatLoops);
    all.put("blockAsJumpTarget", () -> shapes.blockAsJumpTarget(new Object()));
    all.put("breakAndContinue", () -> shapes.breakAndContinue(7));
    all.put("lambda", () -> shapes.lambda(new Object()).call());
    all.put("bridge", () -> ((Comparable<Shapes>) shapes::compare).compareTo(shapes));
    all.put("interfaceDefault", () -> shapes.defaultBlock(new Object()));
    all.put("interfaceStatic", () -> ShapesDefaults.staticBlock(new Object()));
    return all;
  }

  private double nested(Object outer, double value) {
    synchronized (outer) {
      synchronized (lock) {
        if (value > 3) {
          return value;
        }
      }
    }
    return 2 * value;
  }

  private static int recursive(Object object, int depth) {
    synchronized (object) {
      return depth == 0 ? 0 : 1 + recursive(object, depth - 1);
    }
  }

  private String exceptionOut(Object object) {
    try {
      synchronized (object) {
        Objects.requireNonNull(null, "nothing");
      }
    } catch (NullPointerException e) {
      return e.getMessage() + Thread.holdsLock(object);
    }
    return "no exception";
  }

  private String exceptionOutOfTwo(Object object, @Nullable String text) {
    String outcome = "";
    try {
      synchronized (object) {
        try {
          synchronized (lock) {
            outcome += text.length();
          }
        } finally {
          outcome += Thread.holdsLock(lock) + " " + Thread.holdsLock(object);
        }
      }
    } catch (NullPointerException e) {
      outcome += " " + Thread.holdsLock(object);
    }
    return outcome;
  }

  private String onlyExceptionOut(Object object) {
    try {
      synchronized (object) {
        throw new IllegalStateException("thrown");
      }
    } catch (IllegalStateException e) {
      return e.getMessage() + Thread.holdsLock(object);
    }
  }

  private int earlyReturn(Object object, int how) {
    synchronized (object) {
      if (how == 1) {
        return 1;
      }
      try {
        if (how == 2) {
          return Integer.parseInt("2");
        }
        return Integer.parseInt("three");
      } catch (NumberFormatException e) {
        return 3;
      } finally {
        object.notifyAll();
      }
    }
  }

  private String nullLock(@Nullable Object missing) {
    try {
      synchronized (missing) {
        return "entered";
      }
    } catch (NullPointerException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static synchronized double staticMethod(int count, long sum, double factor) {
    for (int i = 0; i < count; i++) {
      sum += i > 1 ? (long) (i * factor) : i;
    }
    return sum;
  }

  private synchronized int instanceMethod(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private synchronized String methodWithBlocks(Object same) {
    synchronized (this) {
      synchronized (same) {
        if (Thread.holdsLock(lock)) {
          return "held";
        }
      }
    }
    return "free";
  }

  private synchronized int methodThatLoops() {
    int i = 0;
    while (true) {
      if (i++ > 100) {
        return i;
      }
    }
  }

  private int blockAsJumpTarget(Object object) {
    int i = 0;
    synchronized (object) {
      do {
        i++;
      } while (i < 100);
    }
    return i;
  }

  private int breakAndContinue(int start) {
    int i = start;
    for (; ; ) {
      synchronized (lock) {
        if (i++ > 50) {
          break;
        }
        if (i % 7 == 0) {
          continue;
        }
      }
    }
    return i;
  }

  private Callable<Object> lambda(Object object) {
    return () -> {
      synchronized (object) {
        return Thread.holdsLock(object);
      }
    };
  }

  private synchronized int compare(Shapes other) {
    return Integer.compare(constructed, other.constructed);
  }
}
