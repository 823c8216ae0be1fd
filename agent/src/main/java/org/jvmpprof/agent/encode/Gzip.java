package org.jvmpprof.agent.encode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Compresses into one complete gzip member, at the speed that Go's runtime/pprof chooses. */
public final class Gzip {
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

  private static final class FastGzipStream extends GZIPOutputStream {
    FastGzipStream(ByteArrayOutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
