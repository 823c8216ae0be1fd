package org.jvmpprof.agent.heap;

import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.stack.Table;

/**
 * The stacks of all platform threads, by the library of the heap profile. While threads stand
 * still, the JVM notes numbers; what they mean is looked up afterwards, and once. The JDK's own
 * dump makes texts of each frame meanwhile. A thread that has not run since the last dump is where
 * it was then: of many threads most are such, and only the others are looked at, all at one
 * instant. Thread-safe; nobody waits.
 */
public final class ThreadDump {
  /** No system counts the time of threads in ticks that are as short. */
  private static final long TICK_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

  /** Of a clock that stands still, before it is taken to be one that counts ticks. */
  private static final int MAX_READINGS = 100_000;

  private final Loader loader;
  private final AtomicBoolean busy = new AtomicBoolean();

  // Of whoever has made it busy.
  private @Nullable AllocationSampler library;
  private @Nullable Methods methods;
  private boolean unavailable;
  private boolean clocksAreFine;

  /** Those of the last dump, which the next one mostly has again. */
  private Table<Words, Words> known = new Table<>();

  /** What the threads of the last dump were at, by their numbers. */
  private Table<Long, Seen> seen = new Table<>();

  /** Finds the library. */
  interface Loader {
    AllocationSampler load() throws HeapUnavailableException;
  }

  /**
   * What a thread was at.
   *
   * @param nanos that it had been on a CPU before its stack was taken
   */
  private record Seen(long nanos, Words words) {}

  /** Nothing is loaded yet. */
  public ThreadDump(Instrumentation instrumentation) {
    this(() -> HeapLibrary.load(instrumentation));
  }

  ThreadDump(Loader loader) {
    this.loader = loader;
  }

  /**
   * Visits each thread with its frames, leaf first. Equal stacks are one list, also from one dump
   * to the next.
   *
   * @return false when there is no way to, or somebody else is at it, and nothing was visited
   */
  public boolean forEach(BiConsumer<Thread, List<Frame>> visitor) {
    if (!busy.compareAndSet(false, true)) {
      return false;
    }
    try {
      AllocationSampler loaded = load();
      return loaded != null && visitAll(loaded, visitor);
    } finally {
      busy.set(false);
    }
  }

  private boolean visitAll(AllocationSampler sampler, BiConsumer<Thread, List<Frame>> visitor) {
    Thread[] threads = sampler.threads();
    if (threads == null) {
      return false;
    }
    long[] clocks = new long[2 * threads.length];
    sampler.clocks(threads, clocks);
    Words[] words = words(sampler, threads, clocks);
    if (words == null) {
      return false;
    }
    Table<Words, Words> nowKnown = new Table<>();
    Table<Long, Seen> nowSeen = new Table<>();
    for (int i = 0; i < threads.length; i++) {
      if (words[i] != null) {
        Words its = unique(words[i], nowKnown);
        nowSeen.put(clocks[2 * i], new Seen(clocks[2 * i + 1], its));
        visitor.accept(threads[i], its.frames);
      }
    }
    known = nowKnown;
    seen = nowSeen;
    return true;
  }

  /** For each thread; null for one that has ended. */
  private @Nullable Words @Nullable [] words(
      AllocationSampler sampler, Thread[] threads, long[] clocks) {
    @Nullable Words[] words = new @Nullable Words[threads.length];
    List<Thread> moved = new ArrayList<>();
    for (int i = 0; i < threads.length; i++) {
      words[i] = ofLastDump(clocks[2 * i], clocks[2 * i + 1]);
      if (words[i] == null) {
        moved.add(threads[i]);
      }
    }
    long[][] stacks = sampler.stacks(moved.toArray(new Thread[0]));
    if (stacks == null) {
      return null;
    }
    int next = 0;
    for (int i = 0; i < threads.length; i++) {
      if (words[i] == null) {
        long[] stack = stacks[next++];
        words[i] = stack == null ? null : new Words(stack);
      }
    }
    return words;
  }

  /** If the thread is known to be there still. */
  private @Nullable Words ofLastDump(long number, long nanos) {
    Seen last = clocksAreFine && number != 0 && nanos >= 0 ? seen.get(number) : null;
    return last != null && last.nanos == nanos ? last.words : null;
  }

  private Words unique(Words words, Table<Words, Words> nowKnown) {
    Words unique = nowKnown.get(words);
    if (unique == null) {
      Words before = known.get(words);
      unique = before == null ? words : before;
      nowKnown.put(unique, unique);
      unique.frames = before == null ? frames(words.all) : before.frames;
    }
    return unique;
  }

  private List<Frame> frames(long[] words) {
    List<Frame> frames = new ArrayList<>(words.length / 2);
    for (int i = 1; methods != null && i < words.length; i += 2) {
      frames.add(methods.frame(words[i], words[i + 1]));
    }
    return frames;
  }

  private @Nullable AllocationSampler load() {
    if (library == null && !unavailable) {
      try {
        library = loader.load();
        methods = new Methods(library);
        clocksAreFine = areClocksFine(library);
      } catch (HeapUnavailableException e) {
        // The heap profile has said so.
        unavailable = true;
      }
    }
    return library;
  }

  /**
   * Whether a clock shows that its thread has run, be it ever so short: the kernel's does, one that
   * counts ticks does not.
   */
  private static boolean areClocksFine(AllocationSampler sampler) {
    Thread[] self = {Thread.currentThread()};
    long[] clock = new long[2];
    sampler.clocks(self, clock);
    long firstNanos = clock[1];
    for (int i = 0; i < MAX_READINGS && clock[1] == firstNanos && firstNanos >= 0; i++) {
      sampler.clocks(self, clock);
    }
    return clock[1] > firstNanos && clock[1] - firstNanos < TICK_NANOS;
  }

  private static final class Words {
    final long[] all;
    List<Frame> frames = List.of();

    Words(long[] all) {
      this.all = all;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Words words && Arrays.equals(all, words.all);
    }

    @Override
    public int hashCode() {
      return (int) all[0];
    }
  }
}
