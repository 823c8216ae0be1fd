package org.jvmpprof.agent.heap;

import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.stack.Table;

/**
 * The stacks of all platform threads at one instant, by the library of the heap profile: while the
 * threads stand still, the JVM notes numbers; what they mean is looked up afterwards, and once. The
 * JDK's own dump makes texts of each frame meanwhile. Thread-safe; nobody waits.
 */
public final class ThreadDump {
  private final Loader loader;
  private final AtomicBoolean busy = new AtomicBoolean();

  // Of whoever has made it busy.
  private @Nullable AllocationSampler library;
  private @Nullable Methods methods;
  private boolean unavailable;

  /** Those of the last dump, which the next one mostly has again. */
  private Table<Words, List<Frame>> known = new Table<>();

  /** Finds the library. */
  interface Loader {
    AllocationSampler load() throws HeapUnavailableException;
  }

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
      return visitAll(visitor);
    } finally {
      busy.set(false);
    }
  }

  private boolean visitAll(BiConsumer<Thread, List<Frame>> visitor) {
    AllocationSampler loaded = load();
    Object[] stacks = loaded == null ? null : loaded.stacks();
    if (stacks == null) {
      return false;
    }
    Table<Words, List<Frame>> now = new Table<>();
    for (int i = 0; i < stacks.length; i += 2) {
      Words words = new Words((long[]) stacks[i + 1]);
      List<Frame> frames = now.get(words);
      if (frames == null) {
        List<Frame> before = known.get(words);
        frames = before == null ? frames(words.all) : before;
        now.put(words, frames);
      }
      visitor.accept((Thread) stacks[i], frames);
    }
    known = now;
    return true;
  }

  private @Nullable AllocationSampler load() {
    if (library == null && !unavailable) {
      try {
        library = loader.load();
        methods = new Methods(library);
      } catch (HeapUnavailableException e) {
        // The heap profile has said so.
        unavailable = true;
      }
    }
    return library;
  }

  private List<Frame> frames(long[] words) {
    List<Frame> frames = new ArrayList<>(words.length / 2);
    for (int i = 1; methods != null && i < words.length; i += 2) {
      frames.add(methods.frame(words[i], words[i + 1]));
    }
    return frames;
  }

  private static final class Words {
    final long[] all;

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
