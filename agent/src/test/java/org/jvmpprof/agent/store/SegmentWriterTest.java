package org.jvmpprof.agent.store;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvmpprof.agent.profile.Sample;
import org.jvmpprof.proto.Profile;

class SegmentWriterTest {
  private static final long PLENTY = 1 << 30;
  private static final Duration ROUND = Duration.ofMillis(100);

  @TempDir Path temp;
  private StoreTestDirectory dir;

  @BeforeEach
  void name() {
    dir = new StoreTestDirectory(temp.resolve("not/yet/there"));
  }

  @Test
  void flush_nothingHappened_makesAnEmptyProfile() {
    dir.writer(PLENTY).flush();
    assertThat(dir.files())
        .singleElement()
        .satisfies(file -> assertThat(file).hasFileName("cpu-20260102T030405.678Z-4711.pb.gz"))
        .satisfies(file -> assertThat(StoreTestDirectory.samples(file)).isZero());
  }

  @Test
  void flush_events_areInTheFileAfterEachFlush() {
    SegmentWriter writer = dir.writer(PLENTY);
    for (int round = 1; round <= 3; round++) {
      writer.add(dir.sample("f", 1));
      dir.ticker.advance(ROUND);
      writer.flush();
      assertThat(StoreTestDirectory.samples(onlyFile())).isEqualTo(round);
    }
    Profile profile = StoreTestDirectory.parse(onlyFile());
    assertThat(profile.getDurationNanos()).isEqualTo(3 * ROUND.toNanos());
    assertThat(profile.getLocationCount()).as("one place").isEqualTo(1);
  }

  @Test
  void flush_moreThanAPageInOneField_isInTheFile() {
    SegmentWriter writer = dir.writer(PLENTY);
    writer.flush();
    String long64KiB =
        new Random(1).ints(1 << 16, 'a', 'z').mapToObj(Character::toString).collect(joining());
    writer.add(dir.sample(long64KiB, 1));
    writer.flush();
    writer.add(dir.sample("f", 1));
    writer.flush();
    assertThat(StoreTestDirectory.samples(onlyFile())).isEqualTo(2);
  }

  @Test
  void flush_nothingNew_leavesTheFile() throws IOException {
    SegmentWriter writer = dir.writer(PLENTY);
    writer.flush();
    long size = Files.size(onlyFile());
    dir.ticker.advance(ROUND);
    writer.flush();
    assertThat(onlyFile()).hasSize(size);
  }

  @Test
  void flush_periodOver_mergesRowsAndBeginsTheNext() {
    SegmentWriter writer = dir.writer(PLENTY);
    for (int round = 0; round < 2; round++) {
      writer.add(dir.sample("f", 1));
      writer.flush();
    }
    Path first = onlyFile();
    assertThat(StoreTestDirectory.parse(first).getSampleCount()).isEqualTo(2);
    dir.ticker.advance(StoreTestDirectory.ROTATE.plus(StoreTestDirectory.GRACE));
    writer.flush();
    assertThat(StoreTestDirectory.parse(first).getSampleList())
        .singleElement()
        .satisfies(row -> assertThat(row.getValueList()).containsExactly(2L, 20L));
    assertThat(StoreTestDirectory.parse(first).getDurationNanos())
        .isEqualTo(StoreTestDirectory.ROTATE.toNanos());
    assertThat(dir.files()).hasSize(2);
  }

  @Test
  void add_lateEvent_goesToItsPeriod() {
    SegmentWriter writer = dir.writer(PLENTY);
    Sample inFirst = dir.sample("late", 1);
    writer.flush();
    dir.ticker.advance(StoreTestDirectory.ROTATE.plusSeconds(1));
    writer.flush();
    writer.add(inFirst);
    writer.add(dir.sample("now", 2));
    writer.flush();
    assertThat(dir.files().stream().map(StoreTestDirectory::samples)).containsExactly(1L, 2L);
  }

  @Test
  void flush_longSleep_skipsEmptyPeriods() {
    SegmentWriter writer = dir.writer(PLENTY);
    writer.flush();
    dir.ticker.advance(StoreTestDirectory.ROTATE.multipliedBy(100).plusMillis(5));
    writer.flush();
    // The first is older than what is kept.
    assertThat(onlyFile()).hasFileName("cpu-20260102T032045.678Z-4711.pb.gz");
  }

  @Test
  void flush_diskTakesNothing_costsOneLineAndLosesNothing() throws IOException {
    Files.createDirectories(dir.path.getParent());
    Files.createFile(dir.path);
    SegmentWriter writer = dir.writer(PLENTY);
    for (int second = 0; second < 60; second++) {
      writer.add(dir.sample("f", 1));
      writer.flush();
      dir.ticker.advance(Duration.ofSeconds(1));
    }
    assertThat(dir.logLines()).singleElement().asString().contains("dir=" + dir.path);
    Files.delete(dir.path);
    writer.flush();
    writer.close();
    assertThat(dir.files().stream().mapToLong(StoreTestDirectory::samples).sum()).isEqualTo(60);
  }

  @Test
  void close_open_leavesOneCompleteFile() {
    SegmentWriter writer = dir.writer(PLENTY);
    writer.add(dir.sample("f", 1));
    dir.ticker.advance(Duration.ofSeconds(3));
    writer.close();
    assertThat(StoreTestDirectory.samples(onlyFile())).isEqualTo(1);
    assertThat(StoreTestDirectory.parse(onlyFile()).getDurationNanos())
        .isEqualTo(Duration.ofSeconds(3).toNanos());
  }

  @Test
  void prune_olderThanKept_areDeletedButNothingForeign() throws IOException {
    Files.createDirectories(dir.path);
    Path foreign = Files.writeString(dir.path.resolve("notes.txt"), "mine");
    Path similar = Files.writeString(dir.path.resolve("cpu-old.pb.gz"), "mine");
    SegmentWriter writer = dir.writer(PLENTY);
    for (int period = 0; period < 20; period++) {
      dir.ticker.advance(StoreTestDirectory.ROTATE);
      writer.flush();
    }
    assertThat(foreign).hasContent("mine");
    assertThat(similar).hasContent("mine");
    long kept = StoreTestDirectory.KEEP.dividedBy(StoreTestDirectory.ROTATE);
    assertThat(dir.files().size() - 2).isBetween((int) kept, (int) kept + 2);
  }

  @Test
  void prune_tooLarge_deletesOldestFirstAndNeverTheOpenFile() {
    SegmentWriter writer = dir.writer(1);
    for (int period = 0; period < 5; period++) {
      writer.add(dir.sample("f", 1));
      writer.flush();
      dir.ticker.advance(StoreTestDirectory.ROTATE);
    }
    List<Path> files = dir.files();
    assertThat(files).hasSizeBetween(1, 2);
    assertThat(files.get(files.size() - 1)).hasFileName("cpu-20260102T030445.678Z-4711.pb.gz");
  }

  @Test
  void newFile_nameTaken_isNotWrittenOver() throws IOException {
    Files.createDirectories(dir.path);
    Path taken = dir.path.resolve("cpu-20260102T030405.678Z-4711.pb.gz");
    Files.writeString(taken, "of another container with the same pid");
    dir.writer(PLENTY).flush();
    assertThat(taken).hasContent("of another container with the same pid");
    assertThat(dir.files()).hasSize(2);
  }

  private Path onlyFile() {
    assertThat(dir.files()).hasSize(1);
    return dir.files().get(0);
  }
}
