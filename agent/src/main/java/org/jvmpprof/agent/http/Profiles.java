package org.jvmpprof.agent.http;

import java.util.List;
import java.util.Optional;
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
  private final RunningProfiler profiler;
  private final ProfileOutput output;

  Profiles(RunningProfiler profiler) {
    this.profiler = profiler;
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
  synchronized Optional<String> functionAt(long address) {
    return profiler.functionAt(address);
  }

  synchronized long count(ProfileSource source) {
    return source.count();
  }

  synchronized void collectGarbage() {
    System.gc();
  }

  synchronized Snapshot snapshot(ProfileSource source) throws InterruptedException {
    profiler.awaitEvents();
    return source.snapshot();
  }

  /** As {@link ProfileOutput#write}. */
  synchronized byte[] write(ProfileSource source, int debug) throws InterruptedException {
    profiler.awaitEvents();
    return output.write(source, debug);
  }

  synchronized byte[] proto(Snapshot snapshot) {
    return output.proto(snapshot);
  }
}
