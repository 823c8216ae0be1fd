package org.jvmpprof.agent.store;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jvmpprof.agent.encode.Gzip;

/** Finds how far a file consists of whole gzip members (RFC 1952) as this project writes them. */
final class GzipMembers {
  private static final int MAGIC = 0x1f8b;
  private static final int HEADER_BYTES = 10;
  private static final int TRAILER_BYTES = 8;
  private static final int FLAG_EXTRA = 4;

  private GzipMembers() {}

  /** Whether the file is empty or starts with as much of a gzip header as it has room for. */
  static boolean beginsLikeOne(FileChannel channel) throws IOException {
    InputStream in = Channels.newInputStream(channel.position(0));
    int first = in.read();
    int second = in.read();
    return first < 0 || (first == MAGIC >> 8 && (second < 0 || second == (MAGIC & 0xff)));
  }

  /** The number of bytes from the file's beginning that are whole members. */
  static long wholeBytes(FileChannel channel) throws IOException {
    InputStream in = new BufferedInputStream(Channels.newInputStream(channel.position(0)));
    List<Integer> ends = ends(in.readAllBytes());
    return ends.isEmpty() ? 0 : ends.get(ends.size() - 1);
  }

  /** Where the whole members end that a file begins with. */
  static List<Integer> ends(byte[] file) {
    List<Integer> ends = new ArrayList<>();
    int end = memberEnd(file, 0);
    while (end > 0) {
      ends.add(end);
      end = memberEnd(file, end);
    }
    return ends;
  }

  /** The index behind the member that begins at {@code from}; -1 if there is no whole one. */
  private static int memberEnd(byte[] bytes, int from) {
    int body = body(bytes, from);
    if (body < 0 || body > bytes.length) {
      return -1;
    }
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(bytes, body, bytes.length - body);
      CRC32 crc = new CRC32();
      byte[] chunk = new byte[1 << 16];
      while (!inflater.finished()) {
        int n = inflater.inflate(chunk);
        if (n == 0 && !inflater.finished()) {
          return -1;
        }
        crc.update(chunk, 0, n);
      }
      int trailer = bytes.length - inflater.getRemaining();
      boolean whole =
          inflater.getRemaining() >= TRAILER_BYTES
              && littleEndian(bytes, trailer, 4) == (int) crc.getValue()
              && littleEndian(bytes, trailer + 4, 4) == (int) inflater.getBytesWritten();
      return whole ? trailer + TRAILER_BYTES : -1;
    } catch (DataFormatException e) {
      return -1;
    } finally {
      inflater.end();
    }
  }

  /** The index behind a header as {@link Gzip} writes it; -1 if there is none. */
  private static int body(byte[] bytes, int from) {
    int body = from + HEADER_BYTES;
    if (bytes.length < body || magic(bytes, from) != MAGIC) {
      return -1;
    }
    int flags = bytes[from + 3];
    if (flags == FLAG_EXTRA && bytes.length >= body + 2) {
      return body + 2 + littleEndian(bytes, body, 2);
    }
    return flags == 0 ? body : -1;
  }

  private static int magic(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  private static int littleEndian(byte[] bytes, int at, int length) {
    int value = 0;
    for (int i = length - 1; i >= 0; i--) {
      value = value << 8 | (bytes[at + i] & 0xff);
    }
    return value;
  }
}
