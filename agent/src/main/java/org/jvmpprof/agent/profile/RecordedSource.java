package org.jvmpprof.agent.profile;

/** A profile whose snapshot is scaled up from what was recorded, as Go's heap profile is. */
public interface RecordedSource extends ProfileSource {
  /** As {@link #snapshot}, with the values as they were recorded; Go's text form shows those. */
  Snapshot recorded();
}
