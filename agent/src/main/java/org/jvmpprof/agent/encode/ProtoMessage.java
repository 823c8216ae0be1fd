package org.jvmpprof.agent.encode;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** One protobuf message under construction, in memory. */
final class ProtoMessage {
  // Most messages are a few numbers.
  private static final int INITIAL_BYTES = 64;

  /** The most that a tag and a number take, or a tag and a length. */
  private static final int MAX_NUMBER_BYTES = 20;

  private byte[] bytes;
  private CodedOutputStream out;

  /** A message of a few numbers. */
  ProtoMessage() {
    this(INITIAL_BYTES);
  }

  /** A message of about this size. */
  ProtoMessage(int initialBytes) {
    bytes = new byte[initialBytes];
    out = CodedOutputStream.newInstance(bytes);
  }

  /** Writes an int64 or uint64 field; zero is the default and takes no room. */
  ProtoMessage number(int field, long value) {
    return value == 0 ? this : write(MAX_NUMBER_BYTES, () -> out.writeUInt64(field, value));
  }

  /** Writes a bool field that is true. */
  ProtoMessage yes(int field) {
    return write(MAX_NUMBER_BYTES, () -> out.writeBool(field, true));
  }

  /** Writes one element of a repeated string field; the empty string counts as an element. */
  ProtoMessage string(int field, String value) {
    int most = CodedOutputStream.computeStringSize(field, value) + MAX_NUMBER_BYTES;
    return write(most, () -> out.writeString(field, value));
  }

  /** Writes one message field, or all elements of a repeated number field: packed. */
  ProtoMessage message(int field, ProtoMessage value) {
    return write(
        MAX_NUMBER_BYTES + value.size(),
        () -> {
          out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
          out.writeUInt32NoTag(value.size());
          out.writeRawBytes(value.bytes, 0, value.size());
        });
  }

  /** Writes an element of what will be a packed field. */
  ProtoMessage element(long value) {
    return write(MAX_NUMBER_BYTES, () -> out.writeUInt64NoTag(value));
  }

  /** Writes fields that are encoded already. */
  ProtoMessage fields(byte[] encoded) {
    return write(encoded.length, () -> out.writeRawBytes(encoded));
  }

  /** Begins anew. */
  ProtoMessage clear() {
    out = CodedOutputStream.newInstance(bytes);
    return this;
  }

  /** The number of bytes so far. */
  int size() {
    return out.getTotalBytesWritten();
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size());
  }

  private ProtoMessage write(int mostBytes, Step step) {
    try {
      if (out.spaceLeft() < mostBytes) {
        grow(mostBytes);
      }
      step.run();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen in memory", e);
    }
    return this;
  }

  private void grow(int mostBytes) throws IOException {
    byte[] written = bytes;
    int size = size();
    bytes = new byte[Math.max(2 * written.length, size + mostBytes)];
    out = CodedOutputStream.newInstance(bytes);
    out.writeRawBytes(written, 0, size);
  }

  private interface Step {
    void run() throws IOException;
  }
}
