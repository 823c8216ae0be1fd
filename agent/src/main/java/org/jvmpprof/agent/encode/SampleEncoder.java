package org.jvmpprof.agent.encode;

import java.util.List;
import org.jvmpprof.agent.profile.Label;
import org.jvmpprof.agent.profile.Labels;
import org.jvmpprof.agent.profile.Row;
import org.jvmpprof.agent.stack.Location;
import org.jvmpprof.agent.stack.Stack;
import org.jvmpprof.agent.stack.Table;

/**
 * Encodes rows. What does not change when a row comes again, its places and its labels, is encoded
 * once and kept: there is nothing to do for its frames then.
 */
final class SampleEncoder {
  private final Definitions definitions;
  private final Table<Stack, EncodedStack> stacks = new Table<>();
  private final Table<Labels, byte[]> labels = new Table<>();
  private final ProtoMessage sample = new ProtoMessage();
  private final ProtoMessage part = new ProtoMessage();
  private EncodedRow[] latest = {};
  private int keptBytes;

  SampleEncoder(Definitions definitions) {
    this.definitions = definitions;
  }

  /** How many bytes are kept; another encoder begins with none. */
  int keptBytes() {
    return keptBytes;
  }

  /** Of how many stacks. */
  int keptStacks() {
    return stacks.size();
  }

  /** The message {@code Sample} of a row, until the next. */
  ProtoMessage sample(Row row) {
    return sample(encoded(row), row.values());
  }

  /** As {@link #sample(Row)}, with what was looked up already. */
  ProtoMessage sample(EncodedRow row, List<Long> values) {
    part.clear();
    for (int i = 0; i < values.size(); i++) {
      part.element(values.get(i));
    }
    return sample
        .clear()
        .fields(row.stack.places)
        .message(Fields.SAMPLE_VALUE, part)
        .fields(row.labelled);
  }

  /** All but the values. Mostly the rows are those of the last time, with new ones in between. */
  EncodedRow[] encoded(List<Row> rows) {
    EncodedRow[] encoded = new EncodedRow[rows.size()];
    int last = 0;
    for (int i = 0; i < encoded.length; i++) {
      Row row = rows.get(i);
      boolean again = last < latest.length && latest[last].isOf(row);
      encoded[i] = again ? latest[last++] : encoded(row);
    }
    latest = encoded;
    return encoded;
  }

  private EncodedRow encoded(Row row) {
    return new EncodedRow(stack(row.stack()), row.labels(), labels(row.labels()));
  }

  private EncodedStack stack(Stack stack) {
    EncodedStack known = stacks.get(stack);
    if (known == null) {
      part.clear();
      for (Location place : stack.locations()) {
        part.element(definitions.location(place));
      }
      sample.clear();
      if (part.size() > 0) {
        sample.message(Fields.SAMPLE_LOCATION_ID, part);
      }
      known = new EncodedStack(stack, kept());
      stacks.put(stack, known);
    }
    return known;
  }

  private byte[] labels(Labels all) {
    byte[] known = labels.get(all);
    if (known == null) {
      sample.clear();
      all.list().forEach(label -> sample.message(Fields.SAMPLE_LABEL, encoded(label)));
      known = kept();
      labels.put(all, known);
    }
    return known;
  }

  private ProtoMessage encoded(Label label) {
    return part.clear()
        .number(Fields.LABEL_KEY, definitions.string(label.key()))
        .number(Fields.LABEL_STR, definitions.string(label.text()))
        .number(Fields.LABEL_NUM, label.number());
  }

  private byte[] kept() {
    keptBytes += sample.size();
    return sample.toByteArray();
  }
}
