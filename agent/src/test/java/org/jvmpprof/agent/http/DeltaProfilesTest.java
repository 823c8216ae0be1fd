package org.jvmpprof.agent.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvmpprof.agent.profile.Labels;
import org.jvmpprof.agent.profile.ProfileType;
import org.jvmpprof.agent.profile.Row;
import org.jvmpprof.proto.Profile;
import org.jvmpprof.proto.Sample;

/** Go's TestDeltaProfile and TestDeltaProfileEmptyBase, and the deltas of godeltaprof. */
class DeltaProfilesTest {
  private final FakeProfiler profiler =
      new FakeProfiler().with(ProfileType.MUTEX).with(ProfileType.BLOCK).with(ProfileType.HEAP);
  private final RunningServer server = new RunningServer(profiler);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void seconds_contentionBeforeAndDuring_showsTheLatter() throws Exception {
    profiler.set(ProfileType.MUTEX, "before", 1L, 10L);
    profiler.set(ProfileType.MUTEX, "both", 2L, 20L);
    int taken = profiler.snapshots.get();
    CompletableFuture<Answer> delta = async("mutex?seconds=1");
    await().until(() -> profiler.snapshots.get() > taken);
    profiler.set(ProfileType.MUTEX, "both", 5L, 50L);
    profiler.set(ProfileType.MUTEX, "during", 3L, 30L);
    Profile profile = delta.get().profile();
    assertThat(values(profile)).containsExactly(List.of(3L, 30L), List.of(3L, 30L));
    assertThat(profile.getDurationNanos()).isPositive();
    Profile cumulative = server.get("mutex").profile();
    assertThat(values(cumulative))
        .containsExactly(List.of(1L, 10L), List.of(5L, 50L), List.of(3L, 30L));
    assertThat(cumulative.getDurationNanos()).isZero();
  }

  @Test
  void sinceLast_moreRowsThanPyroscopeTakes_haveAllSums() throws Exception {
    int all = 2 * Profiles.MAX_ROWS;
    profiler.set(
        ProfileType.BLOCK, LongStream.rangeClosed(1, all).mapToObj(this::shortRow).toList());
    Profile cumulative = server.get("block").profile();
    Profile delta = server.get("delta_block").profile();
    assertThat(cumulative.getSampleCount()).isEqualTo(all);
    assertThat(delta.getSampleCount()).isEqualTo(Profiles.MAX_ROWS);
    assertThat(delta.getStringTableList()).contains("jvmpprof.smallerRows");
    assertThat(sum(delta)).isEqualTo(sum(cumulative));
  }

  @Test
  void sinceLast_moreBytesThanPyroscopeTakes_haveAllSums() throws Exception {
    profiler.set(
        ProfileType.BLOCK, LongStream.rangeClosed(1, 15_000).mapToObj(this::longRow).toList());
    Profile cumulative = server.get("block").profile();
    Profile delta = server.get("delta_block").profile();
    assertThat(cumulative.getSerializedSize()).isGreaterThan(Profiles.MAX_BYTES);
    assertThat(delta.getSerializedSize()).isBetween(3 << 20, Profiles.MAX_BYTES);
    assertThat(delta.getStringTableList()).contains("jvmpprof.smallerRows");
    assertThat(sum(delta)).isEqualTo(sum(cumulative));
  }

  @Test
  void seconds_emptyBase_keepsTheTypes() throws Exception {
    Profile profile = server.get("mutex?seconds=1").profile();
    assertThat(profile.getSampleTypeCount()).isEqualTo(2);
    assertThat(profile.hasPeriodType()).isTrue();
    assertThat(profile.getSampleCount()).isZero();
  }

  @Test
  void sinceLast_block_sumsUpToTheCumulative() throws Exception {
    profiler.set(ProfileType.BLOCK, "wait", 1L, 10L);
    Profile first = server.get("delta_block").profile();
    profiler.set(ProfileType.BLOCK, "wait", 4L, 40L);
    Profile second = server.get("delta_block").profile();
    Profile third = server.get("delta_block").profile();
    assertThat(values(first)).containsExactly(List.of(1L, 10L));
    assertThat(values(second)).containsExactly(List.of(3L, 30L));
    assertThat(second.getDurationNanos()).isEqualTo(second.getTimeNanos() - first.getTimeNanos());
    assertThat(values(third)).isEmpty();
    assertThat(third.getSampleTypeCount()).isEqualTo(2);
  }

  @Test
  void sinceLast_heap_leavesWhatIsInUse() throws Exception {
    profiler.set(ProfileType.HEAP, "load", 5L, 500L, 2L, 200L);
    server.get("delta_heap");
    profiler.set(ProfileType.HEAP, "load", 7L, 700L, 1L, 100L);
    assertThat(values(server.get("delta_heap").profile()))
        .containsExactly(List.of(2L, 200L, 1L, 100L));
  }

  @Test
  void sinceLast_unknownProfile_isUnknown() throws Exception {
    try (RunningServer empty = new RunningServer(new FakeProfiler())) {
      assertThat(empty.get("delta_heap").text()).isEqualTo("Unknown profile\n");
    }
  }

  private CompletableFuture<Answer> async(String path) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return server.get(path);
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }

  private Row shortRow(long number) {
    return row(number, "");
  }

  private Row longRow(long number) {
    return row(number, "x".repeat(300));
  }

  private Row row(long number, String more) {
    Labels labels = Labels.of("number", number + more);
    return new Row(profiler.stack("wait"), labels, List.of(1L, number));
  }

  private static long sum(Profile profile) {
    return profile.getSampleList().stream().mapToLong(sample -> sample.getValue(1)).sum();
  }

  private static List<List<Long>> values(Profile profile) {
    return profile.getSampleList().stream().map(Sample::getValueList).toList();
  }
}
