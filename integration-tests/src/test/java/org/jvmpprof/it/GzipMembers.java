package org.jvmpprof.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Splits a file of gzip members (RFC 1952), as strictly as Go's compress/gzip does: each member is
 * whole, and nothing follows the last. {@link java.util.zip.GZIPInputStream} would let torn bytes
 * after a whole member pass.
 *
 * @param contents what each member holds
 * @param ends where each member ends in the file
 */
record GzipMembers(List<byte[]> contents, List<Integer> ends) {
  private static final int HEADER = 10;
  private static final int TRAILER = 8;
  private static final int FLAG_EXTRA = 4;

  /** Reads a whole file. Throws when it is not whole. */
  static GzipMembers read(byte[] file) throws IOException {
    GzipMembers members = new GzipMembers(new ArrayList<>(), new ArrayList<>());
    int at = 0;
    while (at < file.length) {
      at = members.readMember(file, at);
    }
    return members;
  }

  /** All contents, one after the other. */
  byte[] joined() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    contents.forEach(all::writeBytes);
    return all.toByteArray();
  }

  private int readMember(byte[] file, int start) throws IOException {
    int body = start + header(file, start);
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(file, body, file.length - body);
      byte[] content = inflate(inflater, start);
      int trailer = file.length - inflater.getRemaining();
      checkTrailer(file, trailer, content);
      contents.add(content);
      ends.add(trailer + TRAILER);
      return trailer + TRAILER;
    } finally {
      inflater.end();
    }
  }

  private static byte[] inflate(Inflater inflater, int start) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    byte[] part = new byte[8192];
    try {
      while (!inflater.finished()) {
        int length = inflater.inflate(part);
        check(length > 0 || inflater.finished(), "torn member at " + start);
        content.write(part, 0, length);
      }
    } catch (DataFormatException e) {
      throw new IOException("bad member at " + start, e);
    }
    return content.toByteArray();
  }

  /** The length of a header, which may have an extra field. */
  private static int header(byte[] file, int at) throws IOException {
    check(file.length - at >= HEADER, "torn header at " + at);
    check(file[at] == 0x1f && file[at + 1] == (byte) 0x8b, "no gzip header at " + at);
    check(file[at + 2] == 8, "not a deflate member at " + at);
    int flags = file[at + 3];
    check(flags == 0 || flags == FLAG_EXTRA, "flags " + flags + " at " + at);
    if (flags == 0) {
      return HEADER;
    }
    check(file.length - at >= HEADER + 2, "torn header at " + at);
    int extra = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getShort(at + HEADER);
    check(file.length - at >= HEADER + 2 + extra, "torn header at " + at);
    return HEADER + 2 + extra;
  }

  private static void checkTrailer(byte[] file, int at, byte[] content) throws IOException {
    check(file.length - at >= TRAILER, "torn trailer at " + at);
    CRC32 crc = new CRC32();
    crc.update(content);
    ByteBuffer trailer = ByteBuffer.wrap(file, at, TRAILER).order(ByteOrder.LITTLE_ENDIAN);
    check(trailer.getInt() == (int) crc.getValue(), "wrong checksum at " + at);
    check(trailer.getInt() == content.length, "wrong length at " + at);
  }

  private static void check(boolean holds, String otherwise) throws IOException {
    if (!holds) {
      throw new IOException(otherwise);
    }
  }
}
