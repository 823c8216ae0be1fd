package org.jvmpprof.agent.store;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvmpprof.agent.encode.Gzip;

class SegmentRecoveryTest {
  private static final String NAME = "cpu-20260102T030405.678Z-17.pb.gz";
  private static final byte[] ONE = Gzip.member(new byte[] {1, 2, 3});
  private static final byte[] TWO = Gzip.member(new byte[100_000]);

  @TempDir Path temp;
  private StoreTestDirectory dir;

  @BeforeEach
  void name() {
    dir = new StoreTestDirectory(temp);
  }

  @Test
  void run_wholeFile_isLeftAlone() throws IOException {
    Path file = write(NAME, joined(ONE, TWO));
    recover();
    assertThat(file).hasBinaryContent(joined(ONE, TWO));
    assertThat(dir.logLines()).isEmpty();
  }

  @Test
  void run_filler_isLeftAloneOrCutOffAsAWhole() throws IOException {
    byte[] filler = Gzip.filler(100);
    byte[] filled = joined(joined(ONE, filler), TWO);
    Path whole = write(NAME, filled);
    recover();
    assertThat(whole).hasBinaryContent(filled);
    for (int torn = 1; torn < filler.length; torn++) {
      Path file = write(NAME, joined(ONE, Arrays.copyOf(filler, torn)));
      recover();
      assertThat(file).hasBinaryContent(ONE);
    }
  }

  @Test
  void run_tornAtAnyByte_keepsTheWholeMembers() throws IOException {
    byte[] second = Gzip.member("the second member".getBytes(StandardCharsets.UTF_8));
    for (int torn = 1; torn < second.length; torn++) {
      Path file = write(NAME, joined(TWO, Arrays.copyOf(second, torn)));
      recover();
      assertThat(file).hasBinaryContent(TWO);
    }
  }

  @Test
  void run_zerosBehind_areCutOff() throws IOException {
    Path file = write(NAME, joined(ONE, new byte[4096]));
    recover();
    assertThat(file).hasBinaryContent(ONE);
    assertThat(dir.logLines()).singleElement().asString().contains("4096").contains(NAME);
  }

  @Test
  void run_noWholeMember_isDeleted() throws IOException {
    Path torn = write(NAME, Arrays.copyOf(ONE, 7));
    Path empty = write(NAME.replace("-17", "-18"), new byte[0]);
    recover();
    assertThat(torn).doesNotExist();
    assertThat(empty).doesNotExist();
  }

  @Test
  void run_unfinishedFile_isDeleted() throws IOException {
    Path unfinished = write(NAME + ".tmp", ONE);
    recover();
    assertThat(unfinished).doesNotExist();
  }

  @Test
  void run_foreignFiles_areNeverTouched() throws IOException {
    Path similar = write("cpu-20260102T030405.678Z-17.pb.gz.bak", Arrays.copyOf(ONE, 7));
    Path otherTmp = write("upload.tmp", ONE);
    Path text = write(NAME, "no gzip at all".getBytes(StandardCharsets.UTF_8));
    recover();
    assertThat(similar).hasBinaryContent(Arrays.copyOf(ONE, 7));
    assertThat(otherTmp).hasBinaryContent(ONE);
    assertThat(text).hasContent("no gzip at all");
  }

  @Test
  void run_fileThatIsBeingWritten_isLeftAlone() throws IOException {
    SegmentFile open = new SegmentFile(dir.path.resolve(NAME));
    open.replace(ONE);
    Files.write(open.path(), Arrays.copyOf(TWO, 9), APPEND);
    recover();
    assertThat(open.path()).hasBinaryContent(joined(ONE, Arrays.copyOf(TWO, 9)));
    open.close();
  }

  @Test
  void run_writtenBeforeTheLastStart_isNotLookedAtAgain() throws IOException {
    byte[] torn = joined(ONE, Arrays.copyOf(TWO, 9));
    write(NAME, ONE);
    Path before = written("2026-01-02T03:03:05.677Z", write(NAME.replace("-17", "-18"), torn));
    Path since = written("2026-01-02T03:03:05.678Z", write(NAME.replace("-17", "-19"), torn));
    recover();
    assertThat(before).hasBinaryContent(torn);
    assertThat(since).hasBinaryContent(ONE);
  }

  @Test
  void run_manyProcessesAtThePowerFailure_mendsTheFilesOfAll() throws IOException {
    for (int pid = 1000; pid < 1200; pid++) {
      write(NAME.replace("-17", "-" + pid), joined(ONE, Arrays.copyOf(TWO, 9)));
    }
    recover();
    assertThat(temp.toFile().listFiles())
        .hasSize(200)
        .allSatisfy(file -> assertThat(file).hasBinaryContent(ONE));
  }

  @Test
  void run_noDirectory_isQuiet() {
    dir = new StoreTestDirectory(temp.resolve("none"));
    recover();
    assertThat(dir.logLines()).isEmpty();
    assertThat(dir.path).doesNotExist();
  }

  private void recover() {
    new SegmentRecovery(dir.directory(1 << 30), dir.log).run();
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(dir.path.resolve(name), bytes);
  }

  private static Path written(String time, Path file) throws IOException {
    return Files.setLastModifiedTime(file, FileTime.from(Instant.parse(time)));
  }

  private static byte[] joined(byte[] first, byte[] second) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(first);
    all.writeBytes(second);
    return all.toByteArray();
  }
}
