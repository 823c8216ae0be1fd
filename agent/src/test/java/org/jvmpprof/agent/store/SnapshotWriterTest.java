package org.jvmpprof.agent.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvmpprof.agent.profile.ProfileSource;
import org.jvmpprof.agent.profile.ProfileType;
import org.jvmpprof.agent.profile.Snapshot;
import org.jvmpprof.proto.Profile;

class SnapshotWriterTest {
  private static final long PLENTY = 1 << 30;

  @TempDir Path temp;

  @Test
  void flush_beforeThePeriodIsOver_writesNothing() {
    StoreTestDirectory dir = new StoreTestDirectory(temp);
    SnapshotWriter writer = writer(dir);
    dir.ticker.advance(StoreTestDirectory.ROTATE.minusMillis(1));
    writer.flush();
    assertThat(dir.files()).isEmpty();
  }

  @Test
  void flush_periodOver_writesOneFile() {
    StoreTestDirectory dir = new StoreTestDirectory(temp);
    SnapshotWriter writer = writer(dir);
    dir.ticker.advance(StoreTestDirectory.ROTATE.plusMillis(50));
    writer.flush();
    writer.flush();
    assertThat(dir.files())
        .singleElement()
        .satisfies(
            file -> assertThat(file).hasFileName("goroutine-20260102T030415.728Z-4711.pb.gz"));
    Profile profile = StoreTestDirectory.parse(dir.files().get(0));
    assertThat(profile.getTimeNanos()).isEqualTo(dir.ticker.epochNanos());
    assertThat(profile.getDurationNanos()).isZero();
    assertThat(profile.getStringTableList()).contains("goroutine", "Main", "#test");
  }

  @Test
  void flush_late_keepsThePace() {
    StoreTestDirectory dir = new StoreTestDirectory(temp);
    SnapshotWriter writer = writer(dir);
    dir.ticker.advance(StoreTestDirectory.ROTATE.multipliedBy(2).plusSeconds(9));
    writer.flush();
    dir.ticker.advance(Duration.ofSeconds(1));
    writer.flush();
    assertThat(dir.files()).hasSize(2);
  }

  @Test
  void close_anyTime_writesTheLastFile() {
    StoreTestDirectory dir = new StoreTestDirectory(temp);
    writer(dir).close();
    assertThat(dir.files()).hasSize(1);
  }

  @Test
  void flush_tooManyFiles_deletesTheOldest() {
    StoreTestDirectory dir = new StoreTestDirectory(temp);
    SnapshotWriter writer = writer(dir);
    for (int i = 0; i < 20; i++) {
      dir.ticker.advance(StoreTestDirectory.ROTATE);
      writer.flush();
    }
    assertThat(dir.files()).hasSizeBetween(6, 7);
  }

  @Test
  void flush_noDirectory_isOneLineUntilItIsOver() throws IOException {
    Path taken = Files.writeString(temp.resolve("taken"), "a file");
    StoreTestDirectory dir = new StoreTestDirectory(taken);
    SnapshotWriter writer = writer(dir);
    writer.close();
    writer.close();
    assertThat(dir.logLines())
        .singleElement()
        .asString()
        .startsWith("jvm-pprof: cannot write to dir=" + taken);
    Files.delete(taken);
    writer.close();
    assertThat(dir.files()).hasSize(1);
  }

  private static SnapshotWriter writer(StoreTestDirectory dir) {
    ProfileSource source =
        new ProfileSource() {
          @Override
          public ProfileType type() {
            return ProfileType.GOROUTINE;
          }

          @Override
          public Snapshot snapshot() {
            return new Snapshot(type(), 1, dir.ticker.epochNanos(), 0, List.of());
          }
        };
    SnapshotWriter.Format format =
        new SnapshotWriter.Format("Main", StoreTestDirectory.ROTATE, () -> List.of("#test"));
    return new SnapshotWriter(dir.directory(PLENTY), source, format, dir.ticker, dir.log);
  }
}
