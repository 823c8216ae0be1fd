package org.jvmpprof.agent.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.profile.Label;
import org.jvmpprof.agent.profile.ProfileType;
import org.jvmpprof.agent.profile.Row;
import org.jvmpprof.agent.profile.Snapshot;
import org.jvmpprof.agent.stack.Stack;
import org.jvmpprof.agent.stack.StackTable;

class HeapProfileTest {
  private static final long APPLICATION = 1_000_000;
  private static final long SITE = 10;
  private static final int KIB = 1 << 10;

  private final FakeSampler jvm = new FakeSampler();
  private final FakeRounds rounds = new FakeRounds();
  private final AgentThreads agentThreads = new AgentThreads();
  private final List<String> published = new ArrayList<>();
  private long now = 42;
  private final HeapProfile profile =
      new HeapProfile(
          new FakeJvm(jvm, rounds),
          new StackTable(100, 100),
          agentThreads,
          () -> now,
          new AgentLog(System.out, AgentLog.Level.OFF),
          16);

  /** Collects what it leaves when the test says so. */
  @BeforeEach
  void start() throws Exception {
    profile.start(512 * KIB, true);
  }

  private void collectGarbage() {
    rounds.collects = true;
    profile.poll();
    rounds.collects = false;
  }

  private long allocate(long sizeBytes) {
    return jvm.allocate(APPLICATION, sizeBytes, "[B", SITE);
  }

  private List<Row> rows() {
    return profile.heap().snapshot().rows();
  }

  private List<Long> values() {
    assertThat(rows()).hasSize(1);
    return rows().get(0).values();
  }

  /** Go's TestConvertMemProfile. */
  @Test
  void snapshot_gosAllocations_isAsInGo() {
    long freed = allocate(1024);
    for (int i = 0; i < 3; i++) {
      allocate(1024);
    }
    jvm.allocate(APPLICATION, 512 * KIB, "[B", SITE + 1);
    long alsoFreed = jvm.allocate(APPLICATION, 512 * KIB, "[B", SITE + 2);
    profile.poll();
    jvm.live.removeAll(List.of(freed, alsoFreed));
    collectGarbage();
    assertThat(rows())
        .extracting(Row::values)
        .containsExactlyInAnyOrder(
            List.of(2050L, 2099200L, 1537L, 1574400L),
            List.of(1L, 829411L, 1L, 829411L),
            List.of(1L, 829411L, 0L, 0L));
    assertThat(profile.raw().rows())
        .extracting(Row::values)
        .contains(List.of(4L, 4096L, 3L, 3072L));
  }

  @Test
  void snapshot_header_isAsInGo() {
    Snapshot heap = profile.heap().snapshot();
    assertThat(heap.type()).isEqualTo(ProfileType.HEAP);
    assertThat(heap.period()).isEqualTo(512 * KIB);
    assertThat(heap.durationNanos()).isZero();
    assertThat(heap.epochNanos()).isEqualTo(42);
    assertThat(profile.allocs().snapshot().type()).isEqualTo(ProfileType.ALLOCS);
  }

  @Test
  void row_labelsAndFrames_tellWhatAndWhere() {
    jvm.allocate(APPLICATION, 24, "Lcom/acme/Thing;", FakeSampler.REFLECTION, SITE);
    profile.poll();
    Row row = rows().get(0);
    assertThat(row.labels().list())
        .containsExactly(new Label("bytes", "", 24), new Label("class", "com.acme.Thing", 0));
    assertThat(row.stack().locations()).hasSize(1);
    assertThat(row.stack().locations().get(0).function().name()).isEqualTo("site.Class.method10");
    assertThat(row.stack().locations().get(0).line()).isEqualTo(50);
  }

  @Test
  void row_onlyInternalFrames_keepsThem() {
    jvm.allocate(APPLICATION, 24, "", FakeSampler.REFLECTION);
    profile.poll();
    assertThat(rows().get(0).stack().locations()).hasSize(1);
    assertThat(rows().get(0).labels().list()).containsExactly(new Label("bytes", "", 24));
  }

  @Test
  void row_unloadedClass_saysSo() {
    jvm.allocate(APPLICATION, 24, "[B", FakeSampler.UNLOADED);
    profile.poll();
    assertThat(rows().get(0).stack().locations().get(0).function().name())
        .isEqualTo("[jvm] unloaded class");
  }

  @Test
  void inUse_noCollectionYet_isAll() {
    allocate(512 * KIB);
    profile.poll();
    assertThat(values()).containsExactly(1L, 829411L, 1L, 829411L);
  }

  @Test
  void inUse_allocatedSinceTheCollection_doesNotCount() {
    allocate(512 * KIB);
    profile.poll();
    collectGarbage();
    allocate(512 * KIB);
    profile.poll();
    assertThat(values()).containsExactly(3L, 1658822L, 1L, 829411L);
    collectGarbage();
    assertThat(values()).containsExactly(3L, 1658822L, 3L, 1658822L);
  }

  @Test
  void setRate_samplesOfBothRates_areScaledEachByItsOwn() throws Exception {
    allocate(512 * KIB);
    profile.setRate(1);
    allocate(512 * KIB);
    profile.poll();
    assertThat(values().subList(0, 2)).containsExactly(2L, 829411L + 524288L);
    assertThat(profile.rateBytes()).isEqualTo(1);
  }

  @Test
  void setRate_zero_followsNothingAndKeepsWhatWasAllocated() throws Exception {
    allocate(512 * KIB);
    profile.setRate(0);
    profile.poll();
    assertThat(jvm.meanBytes).isZero();
    assertThat(jvm.live).isEmpty();
    assertThat(profile.rateBytes()).isZero();
    assertThat(values()).containsExactly(1L, 829411L, 0L, 0L);
    profile.setRate(4 * KIB);
    assertThat(jvm.meanBytes).isEqualTo(4 * KIB);
  }

  @Test
  void poll_droppedSamples_areARowOfTheirOwn() {
    jvm.droppedObjects = 2;
    jvm.droppedBytes = 2 * 512 * KIB;
    profile.poll();
    assertThat(rows().get(0).stack().locations().get(0).function().name())
        .isEqualTo("jvmpprof.lostProfileEvent");
    assertThat(values().subList(0, 2)).containsExactly(3L, 1658822L);
  }

  @Test
  void poll_agentThread_isLeftOutAndReleased() {
    Thread agent = agentThreads.create("test", () -> {});
    jvm.allocate(id(agent), 1024, "[B", SITE);
    profile.poll();
    assertThat(rows()).isEmpty();
    assertThat(jvm.live).isEmpty();
  }

  @Test
  void limit_moreObjectsThanIt_doublesTheRateAndSaysSo() {
    allocate(1024);
    for (int i = 0; i < 16; i++) {
      profile.poll();
      assertThat(jvm.meanBytes).isEqualTo(512 * KIB);
      allocate(1024);
    }
    profile.poll();
    assertThat(jvm.meanBytes).isEqualTo(1024 * KIB);
    assertThat(profile.about())
        .isEqualTo("1048576 bytes instead of 524288, as more than 16 objects are followed");
    jvm.live.clear();
    collectGarbage();
    assertThat(jvm.meanBytes).isEqualTo(512 * KIB);
    assertThat(profile.about()).isEqualTo("524288 bytes");
  }

  @Test
  void pace_thousandsOfSamplesASecond_doublesTheRateAndSaysSo() {
    profile.publishTo(published::add);
    for (int i = 0; i < 4000; i++) {
      jvm.live.remove(allocate(64));
    }
    now += 1_000_000_000;
    profile.poll();
    assertThat(jvm.meanBytes).isEqualTo(8 * 512 * KIB);
    assertThat(published)
        .containsExactly(
            "524288 bytes",
            "4194304 bytes instead of 524288, as more than 16 objects are followed and there were"
                + " more than 1000 samples a second");
    assertThat(profile.heap().snapshot().period()).isEqualTo(512 * KIB);
  }

  @Test
  void publish_offAndOn_saysSo() throws Exception {
    profile.publishTo(published::add);
    profile.setRate(0);
    profile.setRate(64);
    assertThat(published).containsExactly("524288 bytes", "off", "64 bytes");
  }

  /** The text form has one rate for all rows, with which {@code go tool pprof} scales them. */
  @Test
  void raw_samplesOfAnotherRate_areAsTheReaderScalesThem() throws Exception {
    profile.setRate(2 * 512 * KIB);
    for (int i = 0; i < 1000; i++) {
      allocate(512 * KIB);
    }
    profile.setRate(512 * KIB);
    profile.poll();
    List<Long> raw = profile.raw().rows().get(0).values();
    Allocations read = new Allocations(raw.get(0), raw.get(1)).scaled(512 * KIB);
    List<Long> scaled = values();
    assertThat(read.bytes()).isCloseTo(scaled.get(1), Percentage.withPercentage(1));
    assertThat(profile.raw().period()).isEqualTo(512 * KIB);
  }

  @Test
  void take_runsOutOfMemory_doesNotLeaveTheThreadUnsampled() {
    jvm.allocate(APPLICATION, 24, "[B", FakeSampler.BROKEN);
    assertThatThrownBy(profile::poll).isInstanceOf(IllegalStateException.class);
    assertThat(jvm.gathering).isFalse();
    assertThat(jvm.live).isEmpty();
  }

  @Test
  void dropped_bytesOfALaterObject_areNotLost() {
    jvm.droppedBytes = 512 * KIB;
    profile.poll();
    jvm.droppedObjects = 1;
    profile.poll();
    assertThat(values().subList(0, 2)).containsExactly(1L, 829411L);
  }

  @Test
  void stacks_moreThanHalfTheTable_leaveTheOtherHalf() {
    for (int i = 0; i < 80; i++) {
      jvm.allocate(APPLICATION, 512 * KIB, "[B", SITE + i);
    }
    profile.poll();
    Set<Stack> held = new HashSet<>();
    profile.forEachStack(held::add);
    // And the one for all that did not fit.
    assertThat(held).hasSize(51);
    assertThat(rows().stream().mapToLong(row -> row.values().get(0)).sum()).isEqualTo(97);
  }

  @Test
  void row_constructorByReflection_isWhereItIsCalled() {
    jvm.allocate(APPLICATION, 24, "[B", FakeSampler.CONSTRUCTOR, SITE);
    profile.poll();
    assertThat(rows().get(0).stack().locations().get(0).function().name())
        .isEqualTo("site.Class.method10");
  }

  @Test
  void stop_sampledObjects_areAllReleased() {
    allocate(512 * KIB);
    profile.poll();
    allocate(512 * KIB);
    profile.stop();
    assertThat(jvm.live).isEmpty();
    assertThat(values()).containsExactly(3L, 1658822L, 0L, 0L);
  }

  @Test
  void start_otherToolSamples_isUnavailable() {
    profile.stop();
    jvm.error = 98;
    assertThatThrownBy(() -> profile.start(KIB, true))
        .isInstanceOf(HeapUnavailableException.class)
        .hasMessageContaining("another tool");
    profile.poll();
    assertThat(profile.rateBytes()).isZero();
  }

  @Test
  void stacks_ofAllRows_areHeld() {
    allocate(1024);
    profile.poll();
    profile.forEachStack(stack -> assertThat(stack).isSameAs(rows().get(0).stack()));
    assertThat(rows()).hasSize(1);
  }

  @SuppressWarnings("deprecation") // Thread.threadId() exists from 19 on
  private static long id(Thread thread) {
    return thread.getId();
  }
}
