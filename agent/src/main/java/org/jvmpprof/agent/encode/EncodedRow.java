package org.jvmpprof.agent.encode;

import org.jvmpprof.agent.profile.Labels;
import org.jvmpprof.agent.profile.Row;

/** What is the same whenever a row comes again: all but its values. */
final class EncodedRow {
  final EncodedStack stack;
  private final Labels labels;

  /** The fields of its labels in a sample. */
  final byte[] labelled;

  EncodedRow(EncodedStack stack, Labels labels, byte[] labelled) {
    this.stack = stack;
    this.labels = labels;
    this.labelled = labelled;
  }

  boolean isOf(Row row) {
    return stack.stack.equals(row.stack()) && labels.equals(row.labels());
  }
}
