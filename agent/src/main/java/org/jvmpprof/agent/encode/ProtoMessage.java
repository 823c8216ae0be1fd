package org.jvmpprof.agent.encode;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** One protobuf message under construction, in memory. */
final class ProtoMessage {
  // Most messages are a few numbers.
  private static final int INITIAL_BYTES = 64;

  private static final int MAX_VARINT_BYTES = 10;
  private static final int BITS_PER_BYTE = 7;
  private static final int MORE = 1 << BITS_PER_BYTE;

  // Wire types.
  private static final int VARINT = 0;
  private static final int LENGTH_DELIMITED = 2;
  private static final int WIRE_TYPE_BITS = 3;

  private byte[] bytes;
  private int size;

  /** A message of a few numbers. */
  ProtoMessage() {
    this(INITIAL_BYTES);
  }

  /** A message of about this size. */
  ProtoMessage(int bytes) {
    this.bytes = new byte[bytes];
  }

  /** Writes an int64 or uint64 field; zero is the default and takes no room. */
  ProtoMessage number(int field, long value) {
    return value == 0 ? this : tag(field, VARINT).element(value);
  }

  /** Writes a bool field that is true. */
  ProtoMessage yes(int field) {
    return number(field, 1);
  }

  /** Writes one element of a repeated string field; the empty string counts as an element. */
  ProtoMessage string(int field, String value) {
    byte[] utf8 = value.getBytes(UTF_8);
    return tag(field, LENGTH_DELIMITED).element(utf8.length).append(utf8, utf8.length);
  }

  /** Writes one message field, or all elements of a repeated number field: packed. */
  ProtoMessage message(int field, ProtoMessage value) {
    return tag(field, LENGTH_DELIMITED).element(value.size).append(value.bytes, value.size);
  }

  /** Writes an element of what will be a packed field. */
  ProtoMessage element(long value) {
    reserve(MAX_VARINT_BYTES);
    long rest = value;
    while (rest >>> BITS_PER_BYTE != 0) {
      bytes[size++] = (byte) (rest | MORE);
      rest >>>= BITS_PER_BYTE;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  /** Writes fields that are encoded already. */
  ProtoMessage fields(byte[] encoded) {
    return append(encoded, encoded.length);
  }

  /** Begins anew. */
  ProtoMessage clear() {
    size = 0;
    return this;
  }

  /** The number of bytes so far. */
  int size() {
    return size;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  private ProtoMessage tag(int field, int wireType) {
    return element((long) field << WIRE_TYPE_BITS | wireType);
  }

  private ProtoMessage append(byte[] more, int length) {
    reserve(length);
    System.arraycopy(more, 0, bytes, size, length);
    size += length;
    return this;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }
}
