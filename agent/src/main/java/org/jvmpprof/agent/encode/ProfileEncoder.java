package org.jvmpprof.agent.encode;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jvmpprof.agent.profile.Row;

/**
 * Encodes one profile as a sequence of fragments of the message {@code Profile}: their
 * concatenation is a valid profile after each of them. The first fragment carries what may stand
 * only once; ids and string indices run on from fragment to fragment (see google/pprof, {@code
 * profile/encode.go}: references are resolved after the whole input was read).
 */
public final class ProfileEncoder {
  private static final int MAX_KEPT_BYTES = 1 << 20;

  private final ProfileHeader header;
  private final Set<String> comments = new HashSet<>();
  private Fragment out = new Fragment();
  private final Definitions definitions = new Definitions(out);
  private SampleEncoder samples = new SampleEncoder(definitions);
  private boolean begun;

  /** Begins a profile. */
  public ProfileEncoder(ProfileHeader header) {
    this.header = header;
  }

  /**
   * Encodes the next fragment.
   *
   * @param rows rows that come in addition to those of earlier fragments
   * @param durationNanos the span that the profile covers with this fragment; 0 for profiles that
   *     are cumulative
   * @param remarks comments; those that an earlier fragment had are not repeated
   */
  public Fragment fragment(List<Row> rows, long durationNanos, List<String> remarks) {
    if (!begun) {
      begun = true;
      new HeaderEncoder(definitions).write(header, out);
    }
    for (String remark : remarks) {
      if (comments.add(remark)) {
        out.number(Fields.PROFILE_COMMENT, definitions.string(remark));
      }
    }
    // Before the rows: a profile may end after any of them.
    out.number(Fields.PROFILE_DURATION_NANOS, durationNanos);
    rows.forEach(row -> out.message(Fields.PROFILE_SAMPLE, samples.sample(row)));
    if (samples.keptBytes() > MAX_KEPT_BYTES) {
      samples = new SampleEncoder(definitions);
    }
    Fragment fragment = out;
    out = new Fragment();
    definitions.goOnIn(out);
    return fragment;
  }
}
