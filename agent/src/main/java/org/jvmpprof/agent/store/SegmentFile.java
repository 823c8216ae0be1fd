package org.jvmpprof.agent.store;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.encode.Gzip;

/**
 * A file that consists of whole pieces whenever anybody reads it. It appears under its name with
 * the first piece already in it. While it is open it is locked, so that no other process takes it
 * for an abandoned one.
 */
final class SegmentFile {
  /**
   * What a system shows of a file at once: it copies what is written page by page, and the file
   * grows with each. This is the smallest page there is; larger ones are multiples of it.
   */
  private static final int PAGE_BYTES = 4096;

  private final Path path;
  private final Path unfinished;
  private @Nullable FileChannel channel;
  private long wholeBytes;

  SegmentFile(Path path) {
    this.path = path;
    this.unfinished = path.resolveSibling(path.getFileName() + SegmentName.UNFINISHED);
  }

  Path path() {
    return path;
  }

  /** Puts one piece in the place of all others, at once; or leaves the file and throws. */
  void replace(byte[] piece) throws IOException {
    FileChannel created = create(piece);
    close();
    channel = created;
    wholeBytes = piece.length;
  }

  /**
   * Appends one piece, at once; or leaves the file as it was and throws.
   *
   * @param piece a gzip member
   * @return false if somebody might see a part of it, because it does not fit in a page: nothing is
   *     appended
   */
  boolean append(byte[] piece) throws IOException {
    int room = PAGE_BYTES - (int) (wholeBytes % PAGE_BYTES);
    if (mayStay(room - piece.length)) {
      write(piece);
      return true;
    }
    if (room < Gzip.MIN_FILLER_BYTES || !mayStay(PAGE_BYTES - piece.length)) {
      return false;
    }
    write(Gzip.filler(room));
    write(piece);
    return true;
  }

  /** Whether so much may stay free in a page: it can be filled when the next piece is larger. */
  private static boolean mayStay(int bytes) {
    return bytes == 0 || bytes >= Gzip.MIN_FILLER_BYTES;
  }

  private void write(byte[] piece) throws IOException {
    FileChannel open = channel;
    if (open == null || !open.isOpen()) {
      throw new ClosedChannelException();
    }
    try {
      write(open, piece);
      wholeBytes += piece.length;
    } catch (IOException e) {
      if (open.isOpen()) {
        open.truncate(wholeBytes);
      }
      throw e;
    }
  }

  /** Leaves the file to others. */
  void close() throws IOException {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      open.close();
    }
  }

  private FileChannel create(byte[] piece) throws IOException {
    Files.createDirectories(path.toAbsolutePath().getParent());
    Files.deleteIfExists(unfinished);
    FileChannel created = FileChannel.open(unfinished, CREATE_NEW, WRITE);
    try {
      lock(created);
      write(created, piece);
      Files.move(unfinished, path, ATOMIC_MOVE);
      return created;
    } catch (IOException | RuntimeException e) {
      created.close();
      Files.deleteIfExists(unfinished);
      throw e;
    }
  }

  /** Some file systems have no locks: there, a file may be looked at while it is written. */
  private static void lock(FileChannel created) {
    try {
      created.tryLock();
    } catch (IOException e) {
      // The lock only keeps other processes' recovery away.
    }
  }

  private static void write(FileChannel out, byte[] piece) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(piece);
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }
}
