package org.jvmpprof.agent.encode;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** One protobuf message under construction, in memory. */
final class ProtoMessage {
  // Most messages are a few numbers; the default buffer is 4 KiB.
  private static final int BUFFER_BYTES = 64;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(BUFFER_BYTES);
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes, BUFFER_BYTES);

  /** Writes an int64 or uint64 field; zero is the default and takes no room. */
  ProtoMessage number(int field, long value) {
    return value == 0 ? this : write(() -> out.writeUInt64(field, value));
  }

  /** Writes a bool field that is true. */
  ProtoMessage yes(int field) {
    return write(() -> out.writeBool(field, true));
  }

  /** Writes one element of a repeated string field; the empty string counts as an element. */
  ProtoMessage string(int field, String value) {
    return write(() -> out.writeString(field, value));
  }

  /** Writes one message field. */
  ProtoMessage message(int field, ProtoMessage value) {
    return write(() -> out.writeByteArray(field, value.toByteArray()));
  }

  /** Writes a whole repeated number field, packed. */
  ProtoMessage packed(int field, List<Long> values) {
    ProtoMessage packed = new ProtoMessage();
    values.forEach(value -> packed.write(() -> packed.out.writeUInt64NoTag(value)));
    return values.isEmpty() ? this : message(field, packed);
  }

  byte[] toByteArray() {
    write(out::flush);
    return bytes.toByteArray();
  }

  private ProtoMessage write(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen in memory", e);
    }
    return this;
  }

  private interface Step {
    void run() throws IOException;
  }
}
