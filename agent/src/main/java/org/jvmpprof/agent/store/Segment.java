package org.jvmpprof.agent.store;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.encode.Fragment;
import org.jvmpprof.agent.encode.Gzip;
import org.jvmpprof.agent.encode.ProfileEncoder;
import org.jvmpprof.agent.encode.ProfileHeader;
import org.jvmpprof.agent.profile.Accumulator;
import org.jvmpprof.agent.profile.Labels;
import org.jvmpprof.agent.profile.Row;
import org.jvmpprof.agent.stack.Stack;

/**
 * One profile over one period, in memory and in its file. Each flush appends what is new as gzip
 * members; at the end the file is replaced by one with a single member and merged rows.
 */
final class Segment {
  private final ProfileHeader header;
  private final long endEpochNanos;
  private final SegmentFile file;
  private final Accumulator all = new Accumulator();
  private final Accumulator pending = new Accumulator();

  /** Continues what is in the file; null when the file must be written anew. */
  private @Nullable ProfileEncoder encoder;

  Segment(ProfileHeader header, long endEpochNanos, SegmentFile file) {
    this.header = header;
    this.endEpochNanos = endEpochNanos;
    this.file = file;
  }

  long startEpochNanos() {
    return header.startEpochNanos();
  }

  long endEpochNanos() {
    return endEpochNanos;
  }

  SegmentFile file() {
    return file;
  }

  void add(Stack stack, Labels labels, long count, long amount) {
    all.add(stack, labels, count, amount);
    pending.add(stack, labels, count, amount);
  }

  /** Takes over what another segment could not write. */
  void addUnwrittenOf(Segment other) {
    for (Row row : other.pending.rows()) {
      add(row.stack(), row.labels(), row.values().get(0), row.values().get(1));
    }
  }

  void forEachStack(Consumer<Stack> consumer) {
    all.forEachStack(consumer);
  }

  /**
   * Brings the file up to date.
   *
   * @throws IOException when it could not; nothing is lost, the next flush writes the file anew
   */
  void flush(long nowEpochNanos, List<String> comments) throws IOException {
    ProfileEncoder current = encoder;
    encoder = null;
    if (current == null || !append(current, nowEpochNanos, comments)) {
      current = writeAnew(nowEpochNanos, comments);
    }
    encoder = current;
    pending.clear();
  }

  /**
   * Ends the file: writes it anew, compactly, over what was appended bit by bit.
   *
   * @throws IOException when it could not; what was appended stays
   */
  void finish(long nowEpochNanos, List<String> comments) throws IOException {
    encoder = null;
    writeAnew(nowEpochNanos, comments);
    pending.clear();
    file.close();
  }

  /** Appends what is new; false when that cannot be done so that nobody sees a torn file. */
  private boolean append(ProfileEncoder current, long nowEpochNanos, List<String> comments)
      throws IOException {
    if (pending.isEmpty()) {
      return true;
    }
    Fragment fragment = current.fragment(pending.rows(), span(nowEpochNanos), comments);
    for (byte[] piece : fragment.pieces()) {
      if (!file.append(Gzip.member(piece))) {
        return false;
      }
    }
    return true;
  }

  private ProfileEncoder writeAnew(long nowEpochNanos, List<String> comments) throws IOException {
    ProfileEncoder fresh = new ProfileEncoder(header);
    Fragment fragment = fresh.fragment(all.rows(), span(nowEpochNanos), comments);
    file.replace(Gzip.member(fragment.bytes()));
    return fresh;
  }

  private long span(long nowEpochNanos) {
    return Math.min(nowEpochNanos, endEpochNanos) - header.startEpochNanos();
  }
}
