package org.jvmpprof.agent.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jvmpprof.agent.encode.ProfileEncoder;
import org.jvmpprof.agent.encode.TextEncoder;
import org.jvmpprof.agent.profile.DumpSource;
import org.jvmpprof.agent.profile.ProfileSource;
import org.jvmpprof.agent.profile.RecordedSource;
import org.jvmpprof.agent.profile.Snapshot;

/** The forms in which a profile leaves the process: Go's {@code Profile.WriteTo}. */
public final class ProfileOutput {
  private final RunningProfiler profiler;

  /** Writes profiles of this profiler. */
  public ProfileOutput(RunningProfiler profiler) {
    this.profiler = profiler;
  }

  /** A snapshot as profile.proto, compressed. */
  public byte[] proto(Snapshot snapshot) {
    return ProfileEncoder.encode(snapshot, profiler.application(), profiler.remarks());
  }

  /**
   * A profile as of now.
   *
   * @param debug 0 for profile.proto, compressed; 2 and more for every thing that the profile
   *     counts on its own, where it can show that; any other number for text
   */
  public byte[] write(ProfileSource source, int debug) {
    if (debug == 0) {
      return proto(source.snapshot());
    }
    String text = debug >= 2 && source instanceof DumpSource full ? full.dump() : text(source);
    return text.getBytes(UTF_8);
  }

  private String text(ProfileSource source) {
    Snapshot snapshot =
        source instanceof RecordedSource scaled ? scaled.recorded() : source.snapshot();
    int mutexFraction = profiler.rates().mutexFraction();
    return new TextEncoder(mutexFraction, profiler::memoryStatistics).encode(snapshot);
  }
}
