package org.jvmpprof.agent.control;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jvmpprof.agent.profile.ProfileSource;
import org.jvmpprof.agent.profile.Snapshot;
import org.jvmpprof.agent.stack.Function;
import org.jvmpprof.agent.stack.Location;

/** Profiles as an application or an operator asks for them: by name, as bytes. */
final class NamedProfiles {
  private final RunningProfiler profiler;
  private final ProfileOutput output;

  NamedProfiles(RunningProfiler profiler) {
    this.profiler = profiler;
    this.output = new ProfileOutput(profiler);
  }

  /** All names, sorted. */
  List<String> names() {
    return profiler.profiles().all().stream().map(source -> source.type().name()).toList();
  }

  /** Go's {@code Count}. */
  int count(String name) {
    return Math.toIntExact(upToDate(name).count());
  }

  /** Go's {@code WriteTo}. */
  byte[] bytes(String name, int debug) {
    return output.write(upToDate(name), debug);
  }

  byte[] proto(Snapshot snapshot) {
    return output.proto(snapshot);
  }

  /** How many events were dropped, by profile; only those that have any. */
  Map<String, Long> lost() {
    Map<String, Long> lost = new TreeMap<>();
    for (ProfileSource source : profiler.profiles().all()) {
      // What has one value counts what is there now: nothing is lost, and threads take long.
      if (source.type().sampleTypes().size() > 1) {
        long events = lost(source.snapshot());
        if (events > 0) {
          lost.put(source.type().name(), events);
        }
      }
    }
    return lost;
  }

  private static long lost(Snapshot snapshot) {
    return snapshot.rows().stream()
        .filter(row -> row.stack().locations().stream().anyMatch(NamedProfiles::isLost))
        .mapToLong(row -> row.values().get(0))
        .sum();
  }

  private static boolean isLost(Location place) {
    return place.function().equals(Function.LOST_EVENT);
  }

  /** With what the caller has done before. An interrupt ends the wait, and is kept. */
  private ProfileSource upToDate(String name) {
    ProfileSource source =
        profiler
            .profiles()
            .find(name)
            .orElseThrow(
                () -> new IllegalArgumentException("no profile " + name + " in " + names()));
    if (!(source instanceof CustomProfile)) {
      try {
        profiler.awaitEvents();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return source;
  }
}
