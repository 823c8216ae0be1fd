package org.jvmpprof.agent.control;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.profile.Snapshot;

/**
 * One CPU profile at a time, begun and ended by separate calls, as Go's {@code StartCPUProfile} and
 * {@code StopCPUProfile}. Thread-safe.
 *
 * @param <T> where it goes in the end
 */
final class CpuProfile<T> {
  private final RunningProfiler profiler;
  private @Nullable Entry<T, CpuCollection> begun;

  CpuProfile(RunningProfiler profiler) {
    this.profiler = profiler;
  }

  /** Begins to collect; throws an IllegalStateException when that is not possible. */
  synchronized void start(T target) {
    if (begun != null) {
      throw new IllegalStateException("cpu profiling already in use");
    }
    CpuCollection collection =
        profiler
            .collectCpu()
            .orElseThrow(() -> new IllegalStateException("cpu profiling is off: cpu=0"));
    begun = Map.entry(target, collection);
  }

  /**
   * Ends it, waiting for samples that are still on their way.
   *
   * @return empty when nothing was begun
   * @throws UncheckedIOException when the thread is interrupted meanwhile
   */
  Optional<Entry<T, Snapshot>> stop() {
    Entry<T, CpuCollection> ending = take();
    if (ending == null) {
      return Optional.empty();
    }
    try (CpuCollection collection = ending.getValue()) {
      return Optional.of(Map.entry(ending.getKey(), finish(collection)));
    }
  }

  private synchronized @Nullable Entry<T, CpuCollection> take() {
    Entry<T, CpuCollection> taken = begun;
    begun = null;
    return taken;
  }

  /** An interrupt that came before, as a pool that shuts down sends it, does not spoil it. */
  private static Snapshot finish(CpuCollection collection) {
    boolean interrupted = Thread.interrupted();
    try {
      return collection.finish();
    } catch (InterruptedException e) {
      interrupted = true;
      InterruptedIOException cause = new InterruptedIOException("interrupted: no cpu profile");
      cause.initCause(e);
      throw new UncheckedIOException(cause);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
