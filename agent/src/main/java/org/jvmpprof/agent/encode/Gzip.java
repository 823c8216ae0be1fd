package org.jvmpprof.agent.encode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Compresses into one complete gzip member, at the speed that Go's runtime/pprof chooses. */
public final class Gzip {
  /** What {@link #filler} needs at least. */
  public static final int MIN_FILLER_BYTES = 26;

  private static final int FLAG_EXTRA = 4;
  private static final int OS_UNKNOWN = 255;
  private static final int FIELD_HEADER_BYTES = 4;
  private static final int EMPTY_BLOCK = 3;

  private Gzip() {}

  /** One gzip member that holds these bytes. */
  public static byte[] member(byte[] bytes) {
    ByteArrayOutputStream member = new ByteArrayOutputStream(bytes.length / 2 + 64);
    try (GZIPOutputStream out = new FastGzipStream(member)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen in memory", e);
    }
    return member.toByteArray();
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

  private static final class FastGzipStream extends GZIPOutputStream {
    FastGzipStream(ByteArrayOutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
