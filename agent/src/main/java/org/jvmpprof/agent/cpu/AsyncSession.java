package org.jvmpprof.agent.cpu;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * One recording of async-profiler, from start to stop. Its file has no name once the recording
 * runs, so nothing is left behind however the process ends.
 *
 * <p>The library may still be shared, with an agent that was given on the command line. A recording
 * is taken for ours only while its file grows, and only then is it stopped.
 */
final class AsyncSession {
  /** Chunks begin with magic (4 bytes), version (4), length (8). */
  private static final int CHUNK_LENGTH_OFFSET = 8;

  private static final int CHUNK_HEADER_BYTES = 68;

  /** Without system information, system properties, native libraries, CPU load, heap summary. */
  private static final String SAMPLES_ONLY = "jfropts=0x1f";

  /** Far more than a profile shows: labels are where a request begins, near the root. */
  private static final int MAX_FRAMES = 1024;

  /** perf_events, or what async-profiler puts in their place where they are not allowed. */
  static final String CPU = "cpu";

  /** A POSIX CPU timer per thread, as in Go. */
  static final String CTIMER = "ctimer";

  private final AsyncLibrary profiler;
  private final String event;
  private final FileChannel file;
  private long positionBytes;

  private AsyncSession(AsyncLibrary profiler, String event, FileChannel file) {
    this.profiler = profiler;
    this.event = event;
    this.file = file;
  }

  /**
   * Starts recording one sample per {@code periodNanos} of CPU time of each thread.
   *
   * @throws CpuSamplerException when async-profiler runs already or cannot run
   */
  static AsyncSession start(AsyncLibrary profiler, String event, long periodNanos)
      throws CpuSamplerException {
    try {
      Path path = Files.createTempFile("jvm-pprof-", ".jfr");
      try {
        return start(profiler, event, periodNanos, path);
      } finally {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new CpuSamplerException("no temporary file for async-profiler: " + e, e);
    }
  }

  private static AsyncSession start(
      AsyncLibrary profiler, String event, long periodNanos, Path path)
      throws IOException, CpuSamplerException {
    // The two characters that mean something in async-profiler's arguments.
    if (path.toString().matches(".*[,%].*")) {
      throw new CpuSamplerException("async-profiler cannot write to " + path);
    }
    FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
    try {
      profiler.execute(
          "start,event=%s,interval=%d,jstackdepth=%d,clock=monotonic,jfr,%s,loglevel=none,file=%s"
              .formatted(event, periodNanos, MAX_FRAMES, SAMPLES_ONLY, path));
      return new AsyncSession(profiler, event, file);
    } catch (IllegalStateException | IllegalArgumentException | IOException e) {
      file.close();
      throw new CpuSamplerException("async-profiler does not start: " + e.getMessage(), e);
    }
  }

  /**
   * Finishes the current chunk and begins the next.
   *
   * @return the finished chunks that have not been returned yet
   */
  List<ByteBuffer> dump() throws IOException {
    try {
      profiler.execute("dump,jfr");
    } catch (IllegalStateException e) {
      // Not running any more; what had been recorded is still in the file.
    }
    return finishedChunks();
  }

  /** What the recording samples by: {@link #CPU} or {@link #CTIMER}. */
  String event() {
    return event;
  }

  /** Whether the recording still ran at the last {@link #dump}: the next chunk has begun then. */
  boolean running() throws IOException {
    return file.size() > positionBytes;
  }

  /** The size of the file; async-profiler's tables grow with it. */
  long sizeBytes() throws IOException {
    return file.size();
  }

  /**
   * Stops the recording.
   *
   * @return the finished chunks that have not been returned yet
   */
  List<ByteBuffer> stop() throws IOException {
    try (file) {
      List<ByteBuffer> chunks = new ArrayList<>(dump());
      if (running()) {
        profiler.execute("stop");
        chunks.addAll(finishedChunks());
      }
      return chunks;
    } catch (IllegalStateException e) {
      throw new IOException(e);
    }
  }

  private List<ByteBuffer> finishedChunks() throws IOException {
    List<ByteBuffer> chunks = new ArrayList<>();
    long sizeBytes = file.size();
    while (sizeBytes - positionBytes > CHUNK_HEADER_BYTES) {
      long lengthBytes = read(CHUNK_HEADER_BYTES).getLong(CHUNK_LENGTH_OFFSET);
      // An unfinished chunk claims a length that it does not have yet.
      if (lengthBytes > sizeBytes - positionBytes) {
        break;
      }
      chunks.add(read(Math.toIntExact(lengthBytes)));
      positionBytes += lengthBytes;
    }
    return chunks;
  }

  private ByteBuffer read(int lengthBytes) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(lengthBytes);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, positionBytes + bytes.position()) < 0) {
        throw new IOException("the recording ends within a chunk");
      }
    }
    return bytes.flip();
  }
}
