package org.jvmpprof.agent.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jvmpprof.agent.encode.Gzip;
import org.jvmpprof.agent.encode.RepeatedProfile;
import org.jvmpprof.agent.encode.TextEncoder;
import org.jvmpprof.agent.profile.DumpSource;
import org.jvmpprof.agent.profile.Largest;
import org.jvmpprof.agent.profile.ProfileSource;
import org.jvmpprof.agent.profile.ProfileType;
import org.jvmpprof.agent.profile.RecordedSource;
import org.jvmpprof.agent.profile.Snapshot;
import org.jvmpprof.agent.stack.Stack;

/** The forms in which a profile leaves the process: Go's {@code Profile.WriteTo}. */
public final class ProfileOutput {
  /** What a profile says of itself. */
  private static final int MAX_HEAD_BYTES = 64 << 10;

  private final RunningProfiler profiler;

  /** By name: what has been encoded already, for who asks again and again. */
  private final Map<String, SoftReference<RepeatedProfile>> repeated = new ConcurrentHashMap<>();

  /** Writes profiles of this profiler. */
  public ProfileOutput(RunningProfiler profiler) {
    this.profiler = profiler;
  }

  /** A snapshot as profile.proto, compressed. */
  public byte[] proto(Snapshot snapshot) {
    return RepeatedProfile.once(snapshot, profiler.application(), profiler.remarks());
  }

  /**
   * A snapshot as profile.proto, compressed, for readers that drop a larger one: of that, the
   * largest rows and the sums of all others.
   *
   * @param maxBytes before compression
   */
  public byte[] proto(Snapshot span, int maxRows, int maxBytes) {
    if (span.rows().size() <= maxRows) {
      byte[] all = proto(span);
      // To measure row by row takes longer, and is hardly ever needed.
      if (Gzip.bytesIn(all) <= maxBytes) {
        return all;
      }
    }
    Stack rest = profiler.stackOf(Largest.REST);
    return proto(Largest.of(span, maxRows, maxBytes - MAX_HEAD_BYTES, rest));
  }

  /**
   * A profile as of now.
   *
   * @param debug 0 for profile.proto, compressed; 2 and more for every thing that the profile
   *     counts on its own, where it can show that; any other number for text
   */
  public byte[] write(ProfileSource source, int debug) {
    if (debug == 0) {
      return repeatedly(source);
    }
    String text = debug >= 2 && source instanceof DumpSource full ? full.dump() : text(source);
    return text.getBytes(UTF_8);
  }

  /**
   * Who comes while another thread has what was kept begins anew, and does not wait. The
   * application's own profiles are asked for by itself, and there may be many: nothing is kept.
   */
  private byte[] repeatedly(ProfileSource source) {
    String name = source.type().name();
    SoftReference<RepeatedProfile> kept = repeated.remove(name);
    RepeatedProfile known = kept == null ? null : kept.get();
    if (known == null) {
      known = new RepeatedProfile(profiler.application());
    }
    byte[] encoded = known.encode(source.snapshot(), profiler.remarks());
    if (ProfileType.BUILT_IN.contains(source.type())) {
      repeated.put(name, new SoftReference<>(known));
    }
    return encoded;
  }

  private String text(ProfileSource source) {
    Snapshot snapshot =
        source instanceof RecordedSource scaled ? scaled.recorded() : source.snapshot();
    int mutexFraction = profiler.rates().mutexFraction();
    return new TextEncoder(mutexFraction, profiler::memoryStatistics).encode(snapshot);
  }
}
