package org.jvmpprof.it.programs;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import kotlin.Lazy;
import kotlin.LazyKt;
import scala.collection.immutable.LazyList;
import scala.collection.immutable.LazyList$;

/**
 * Two threads that want the same lazy value, one of Kotlin's and one of Scala's: one computes it,
 * the other waits in the library's monitor. Prints the values, and for each language {@code nanos},
 * what was waited by the program's own clock.
 */
public final class LanguagesProgram {
  private static final long COMPUTED_MILLIS = 200;

  private volatile boolean computing;
  private final AtomicReference<Thread> second = new AtomicReference<>();

  private LanguagesProgram() {}

  /** Runs. */
  public static void main(String[] args) throws InterruptedException {
    Agent.awaitComplete();
    LanguagesProgram kotlin = new LanguagesProgram();
    Lazy<Integer> lazy = LazyKt.lazy(() -> kotlin.compute(42));
    kotlin.want("kotlin", lazy::getValue);
    LanguagesProgram scala = new LanguagesProgram();
    LazyList<Integer> list = LazyList$.MODULE$.continually(() -> scala.compute(43));
    scala.want("scala", list::head);
  }

  private void want(String language, Supplier<Integer> value) throws InterruptedException {
    Thread first = Threads.start(false, () -> System.out.println(language + "=" + value.get()));
    while (!computing) {
      Pause.millis(1);
    }
    long[] nanos = new long[1];
    Thread waiting =
        Threads.start(
            false,
            () -> {
              long begin = System.nanoTime();
              boolean same = value.get().equals(value.get());
              nanos[0] = same ? System.nanoTime() - begin : 0;
            });
    second.set(waiting);
    first.join();
    waiting.join();
    System.out.println(language + ".nanos=" + nanos[0]);
  }

  /** Takes until the other one waits, and some time. */
  private int compute(int value) {
    computing = true;
    while (second.get() == null) {
      Pause.millis(1);
    }
    Threads.awaitWaiting(second.get());
    Pause.millis(COMPUTED_MILLIS);
    return value;
  }
}
