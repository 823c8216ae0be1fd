package org.jvmpprof.agent.profile;

import java.util.List;

/**
 * A profile as of one moment.
 *
 * @param type the kind of profile
 * @param period how many of {@code type.periodType()} lie between two samples
 * @param epochNanos the moment; for CPU profiles the one when they began
 * @param durationNanos the time that the rows are from; 0 for all time since the agent started
 * @param rows no two have the same stack and labels
 */
public record Snapshot(
    ProfileType type, long period, long epochNanos, long durationNanos, List<Row> rows) {
  /** Copies the rows. */
  public Snapshot {
    rows = List.copyOf(rows);
  }
}
