package org.jvmpprof.agent.encode;

import java.util.List;
import org.jvmpprof.agent.profile.Row;
import org.jvmpprof.agent.profile.Snapshot;

/**
 * Encodes snapshots of one profile, each as a whole. Most of a snapshot was in the one before:
 * functions, places and stacks are encoded once and kept, and little more than the values is left
 * to be done. Used by one thread at a time.
 */
public final class RepeatedProfile {
  /** Definitions that are not worth looking whether anything still refers to them. */
  private static final int FEW_BYTES = 64 << 10;

  /** Stacks that are not worth looking whether they still come. */
  private static final int FEW_STACKS = 1 << 10;

  /** As much as scrapers take of a whole profile. */
  private static final int MAX_KEPT_BYTES = 4 << 20;

  private final String application;
  private Kept kept = new Kept();

  /**
   * Nothing is kept yet.
   *
   * @param application the name that viewers show after {@code File:}
   */
  public RepeatedProfile(String application) {
    this.application = application;
  }

  /** Encodes one snapshot that will not come again. */
  public static byte[] once(Snapshot snapshot, String application, List<String> remarks) {
    return new RepeatedProfile(application).encode(snapshot, remarks);
  }

  /**
   * Encodes a snapshot.
   *
   * @param remarks comments
   * @return one gzip member
   */
  public byte[] encode(Snapshot snapshot, List<String> remarks) {
    if (kept.isStale(snapshot.rows().size())) {
      kept = new Kept();
    }
    return kept.encode(snapshot, remarks);
  }

  /** What is kept from one snapshot to the next. */
  private final class Kept {
    private final Fragment defined = new Fragment();
    private final Definitions definitions = new Definitions(defined);
    private final HeaderEncoder header = new HeaderEncoder(definitions);
    private final SampleEncoder samples = new SampleEncoder(definitions);
    private final StackOrder order = new StackOrder();
    private Gzip.Part compressed = Gzip.part(new byte[0]);
    private int firstBytes;

    /** Whether it is too much, or most of it may be of stacks that are gone. */
    boolean isStale(int rows) {
      return samples.keptBytes() > MAX_KEPT_BYTES
          || samples.keptStacks() > 2 * rows + FEW_STACKS
          || defined.size() > 2 * firstBytes + FEW_BYTES;
    }

    byte[] encode(Snapshot snapshot, List<String> remarks) {
      byte[] rest = rest(snapshot, remarks).bytes();
      if (compressed.length() < defined.size()) {
        compressed = Gzip.part(defined.bytes());
      }
      if (firstBytes == 0) {
        firstBytes = defined.size();
      }
      return Gzip.member(compressed, rest);
    }

    private Fragment rest(Snapshot snapshot, List<String> remarks) {
      Fragment rest = new Fragment();
      header.write(
          new ProfileHeader(snapshot.type(), snapshot.period(), snapshot.epochNanos(), application),
          rest);
      for (String remark : remarks) {
        rest.number(Fields.PROFILE_COMMENT, definitions.string(remark));
      }
      rest.number(Fields.PROFILE_DURATION_NANOS, snapshot.durationNanos());
      writeSamples(snapshot.rows(), rest);
      return rest;
    }

    private void writeSamples(List<Row> rows, Fragment rest) {
      EncodedRow[] encoded = samples.encoded(rows);
      for (int i : order.of(encoded)) {
        rest.message(Fields.PROFILE_SAMPLE, samples.sample(encoded[i], rows.get(i).values()));
      }
    }
  }
}
