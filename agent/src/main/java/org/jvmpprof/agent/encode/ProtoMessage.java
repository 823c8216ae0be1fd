package org.jvmpprof.agent.encode;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One protobuf message under construction, in memory. */
final class ProtoMessage {
  // Most messages are a few numbers; the default buffer is 4 KiB.
  private static final int BUFFER_BYTES = 64;

  private final ByteArrayOutputStream bytes;
  private final CodedOutputStream out;
  private int cleared;

  /** A message of a few numbers. */
  ProtoMessage() {
    this(BUFFER_BYTES);
  }

  /** A message of about this size. */
  ProtoMessage(int bufferBytes) {
    bytes = new ByteArrayOutputStream(bufferBytes);
    out = CodedOutputStream.newInstance(bytes, bufferBytes);
  }

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

  /** Writes one message field, or all elements of a repeated number field: packed. */
  ProtoMessage message(int field, ProtoMessage value) {
    return write(
        () -> {
          out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
          out.writeUInt32NoTag(value.size());
          out.writeRawBytes(value.toByteArray());
        });
  }

  /** Writes an element of what will be a packed field. */
  ProtoMessage element(long value) {
    return write(() -> out.writeUInt64NoTag(value));
  }

  /** Writes fields that are encoded already. */
  ProtoMessage fields(byte[] encoded) {
    return write(() -> out.writeRawBytes(encoded));
  }

  /** Begins anew. */
  ProtoMessage clear() {
    write(out::flush);
    bytes.reset();
    cleared = out.getTotalBytesWritten();
    return this;
  }

  /** The number of bytes so far. */
  int size() {
    return out.getTotalBytesWritten() - cleared;
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
