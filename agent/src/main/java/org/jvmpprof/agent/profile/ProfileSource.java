package org.jvmpprof.agent.profile;

/** A profile that can be taken at any time, as Go's {@code pprof.Profile}. Thread-safe. */
public interface ProfileSource {
  /** The kind of profile. */
  ProfileType type();

  /** The profile as of now. Taking it changes nothing for whoever takes it next. */
  Snapshot snapshot();
}
