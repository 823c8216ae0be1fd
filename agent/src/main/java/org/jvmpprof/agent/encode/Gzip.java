package org.jvmpprof.agent.encode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;

/** Compresses into one complete gzip member, at the speed that Go's runtime/pprof chooses. */
public final class Gzip {
  /** What {@link #filler} needs at least. */
  public static final int MIN_FILLER_BYTES = 26;

  private static final int FLAG_EXTRA = 4;
  private static final int OS_UNKNOWN = 255;
  private static final int FIELD_HEADER_BYTES = 4;
  private static final int EMPTY_BLOCK = 3;

  private static final int HEADER_BYTES = 10;
  private static final int TRAILER_BYTES = 8;

  private Gzip() {}

  /** The first bytes of members, compressed. */
  static final class Part {
    private final byte[] bytes;
    private final byte[] deflated;

    private Part(byte[] bytes, byte[] deflated) {
      this.bytes = bytes;
      this.deflated = deflated;
    }

    /** How many bytes they are. */
    int length() {
      return bytes.length;
    }
  }

  /** Compresses what will be at the beginning of more than one member. */
  static Part part(byte[] bytes) {
    return new Part(bytes, deflate(bytes, false));
  }

  /** One gzip member that holds these bytes. */
  public static byte[] member(byte[] bytes) {
    return member(part(new byte[0]), bytes);
  }

  /** One gzip member that holds those bytes and these. */
  static byte[] member(Part first, byte[] rest) {
    byte[] deflated = deflate(rest, true);
    CRC32 sum = new CRC32();
    sum.update(first.bytes);
    sum.update(rest);
    int length = HEADER_BYTES + first.deflated.length + deflated.length + TRAILER_BYTES;
    ByteBuffer member = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    member.putShort((short) GZIPInputStream.GZIP_MAGIC).put((byte) Deflater.DEFLATED);
    member.position(HEADER_BYTES);
    member.put(first.deflated).put(deflated);
    member.putInt((int) sum.getValue()).putInt(first.bytes.length + rest.length);
    return member.array();
  }

  /** How many bytes one member of less than 4 GiB holds: its last field (RFC 1952, 2.3.1). */
  public static long bytesIn(byte[] member) {
    ByteBuffer end = ByteBuffer.wrap(member).order(ByteOrder.LITTLE_ENDIAN);
    return Integer.toUnsignedLong(end.getInt(member.length - Integer.BYTES));
  }

  /** Refers to nothing that was compressed before, and unless it is the last ends on a byte. */
  private static byte[] deflate(byte[] bytes, boolean last) {
    if (bytes.length == 0 && !last) {
      return bytes;
    }
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    try {
      deflater.setInput(bytes);
      if (last) {
        deflater.finish();
      }
      byte[] deflated = new byte[bytes.length / 2 + 64];
      int size = 0;
      int more = -1;
      while (more != 0) {
        if (size == deflated.length) {
          deflated = Arrays.copyOf(deflated, 2 * size);
        }
        int flush = last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH;
        more = deflater.deflate(deflated, size, deflated.length - size, flush);
        size += more;
      }
      return Arrays.copyOf(deflated, size);
    } finally {
      deflater.end();
    }
  }

  /**
   * One gzip member that holds nothing and takes this many bytes, by an extra field (RFC 1952,
   * 2.3.1.1) of zeros.
   *
   * @param length from {@link #MIN_FILLER_BYTES} to 64 KiB
   */
  public static byte[] filler(int length) {
    ByteBuffer member = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    int extra = length - MIN_FILLER_BYTES;
    member.putShort((short) GZIPInputStream.GZIP_MAGIC).put((byte) Deflater.DEFLATED);
    member.put((byte) FLAG_EXTRA).putInt(0).put((byte) 0).put((byte) OS_UNKNOWN);
    member.putShort((short) (FIELD_HEADER_BYTES + extra));
    member.put((byte) 'j').put((byte) 'p').putShort((short) extra);
    // One block that is the last and ends at once; checksum and length are 0.
    member.position(member.position() + extra).putShort((short) EMPTY_BLOCK);
    return member.array();
  }
}
