package org.jvmpprof.agent.store;

import static java.nio.file.StandardOpenOption.READ;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvmpprof.agent.encode.Gzip;

class SegmentFileTest {
  private static final int PAGE_BYTES = 4096;
  private static final int PIECES = 5000;

  @TempDir Path temp;
  private final Random random = new Random(42);
  private final ExecutorService reader = Executors.newSingleThreadExecutor();
  private final CountDownLatch reading = new CountDownLatch(1);
  private volatile boolean written;
  private SegmentFile file;

  @BeforeEach
  void begin() throws IOException {
    file = new SegmentFile(temp.resolve("cpu-20260102T030405.678Z-17.pb.gz"));
    file.replace(member(100));
  }

  @AfterEach
  void end() throws IOException {
    written = true;
    reader.shutdownNow();
    file.close();
  }

  @Test
  void append_lookedAtAllTheTime_neverEndsInAMember() throws Exception {
    Future<Set<Long>> seen = reader.submit(this::sizesUntilWritten);
    reading.await();
    int appended = 0;
    for (int i = 0; i < PIECES; i++) {
      appended += file.append(member(random.nextInt(3000))) ? 1 : 0;
    }
    written = true;

    Set<Long> ends = new HashSet<>();
    GzipMembers.ends(Files.readAllBytes(file.path())).forEach(end -> ends.add((long) end));
    assertThat(appended).isGreaterThan(PIECES / 10 * 9);
    assertThat(ends).hasSizeGreaterThan(appended).contains(Files.size(file.path()));
    assertThat(ends).containsAll(seen.get());
  }

  @Test
  void append_moreThanAPage_isRefused() throws IOException {
    long before = Files.size(file.path());
    assertThat(file.append(member(PAGE_BYTES))).isFalse();
    assertThat(file.path()).hasSize(before);
  }

  @Test
  void append_pageHasTooLittleRoomToBeFilled_isRefused() throws IOException {
    int overhead = member(1000).length - 1000;
    file.replace(member(PAGE_BYTES - overhead - Gzip.MIN_FILLER_BYTES + 1));
    assertThat(file.append(member(100))).isFalse();
    file.replace(member(PAGE_BYTES - overhead - Gzip.MIN_FILLER_BYTES));
    assertThat(file.append(member(100))).isTrue();
    assertThat(GzipMembers.ends(Files.readAllBytes(file.path())))
        .hasSize(3)
        .contains(PAGE_BYTES, (int) Files.size(file.path()));
  }

  private Set<Long> sizesUntilWritten() throws IOException {
    Set<Long> sizes = new HashSet<>();
    try (FileChannel in = FileChannel.open(file.path(), READ)) {
      while (!written) {
        sizes.add(in.size());
        reading.countDown();
      }
    }
    return sizes;
  }

  /** A member with so many bytes that cannot be compressed. */
  private byte[] member(int bytes) {
    byte[] content = new byte[bytes];
    random.nextBytes(content);
    return Gzip.member(content);
  }
}
