package org.jvmpprof.agent.http;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jvmpprof.agent.control.CpuCollection;
import org.jvmpprof.agent.control.ProfileOutput;
import org.jvmpprof.agent.control.RunningProfiler;
import org.jvmpprof.agent.profile.ProfileSource;
import org.jvmpprof.agent.profile.Snapshot;

/**
 * The profiler's profiles, put together for one request at a time: many requests at once take no
 * more memory and no more than the one core that one takes.
 */
final class Profiles {
  /** Pyroscope drops a profile with more samples, by default (pkg/validation/limits.go). */
  static final int MAX_ROWS = 16_000;

  /** And one that is larger, before compression. */
  static final int MAX_BYTES = 4 << 20;

  private final RunningProfiler profiler;
  private final ProfileOutput output;
  private final Budget budget;

  Profiles(RunningProfiler profiler, Budget budget) {
    this.profiler = profiler;
    this.budget = budget;
    output = new ProfileOutput(profiler);
  }

  Optional<ProfileSource> find(String name) {
    return profiler.profiles().find(name);
  }

  List<ProfileSource> all() {
    return profiler.profiles().all();
  }

  /** Empty when CPU sampling is off. */
  Optional<CpuCollection> collectCpu() {
    return profiler.collectCpu();
  }

  /** The names of the functions at some addresses; those of no function are left out. */
  Optional<String> functionAt(long address) {
    return inTurn(() -> profiler.functionAt(address));
  }

  long count(ProfileSource source) {
    return inTurn(source::count);
  }

  /** What was allocated before is in use afterwards only if it has survived this. */
  void collectGarbage() throws InterruptedException {
    profiler.awaitEvents();
    inTurn(
        () -> {
          System.gc();
          return true;
        });
  }

  Snapshot snapshot(ProfileSource source) throws InterruptedException {
    profiler.awaitEvents();
    return inTurn(source::snapshot);
  }

  /** As {@link ProfileOutput#write}. */
  byte[] write(ProfileSource source, int debug) throws InterruptedException {
    profiler.awaitEvents();
    return inTurn(() -> output.write(source, debug));
  }

  /** What came in a span of time, in no more rows than readers take. */
  byte[] proto(Snapshot span) {
    return inTurn(() -> output.proto(span, MAX_ROWS, MAX_BYTES));
  }

  private synchronized <T> T inTurn(Supplier<T> work) {
    long beganNanos = System.nanoTime();
    try {
      return work.get();
    } finally {
      budget.spend(System.nanoTime() - beganNanos);
    }
  }
}
