package org.jvmpprof.agent.profile;

/** A profile that can be taken at any time, as Go's {@code pprof.Profile}. Thread-safe. */
public interface ProfileSource {
  /** The kind of profile. */
  ProfileType type();

  /** The profile as of now. Taking it changes nothing for whoever takes it next. */
  Snapshot snapshot();

  /**
   * How many things a counting profile counts, or how many rows another has: Go's {@code Count}.
   */
  default long count() {
    Snapshot now = snapshot();
    return type().sampleTypes().size() == 1
        ? now.rows().stream().mapToLong(row -> row.values().get(0)).sum()
        : now.rows().size();
  }
}
