package org.jvmpprof.agent.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvmpprof.agent.encode.RepeatedProfile;
import org.jvmpprof.agent.encode.TextEncoder;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.profile.Snapshot;
import org.jvmpprof.agent.stack.StackTable;
import org.jvmpprof.proto.Label;
import org.jvmpprof.proto.Profile;
import org.jvmpprof.proto.Sample;
import org.jvmpprof.proto.ValueType;

/** Go's TestConvertMemProfile, with what readers get: the protobuf form and the text. */
class HeapConversionTest {
  private static final int RATE = 512 << 10;

  private final FakeSampler jvm = new FakeSampler();
  private final FakeRounds rounds = new FakeRounds();

  private final HeapProfile profile =
      new HeapProfile(
          new FakeJvm(jvm, rounds),
          new StackTable(100, 100),
          new AgentThreads(),
          () -> 42,
          new AgentLog(System.out, AgentLog.Level.OFF),
          100);

  @BeforeEach
  void gosAllocations() throws Exception {
    profile.start(RATE, true);
    long freed = allocate(1024, 10);
    for (int i = 0; i < 3; i++) {
      allocate(1024, 10);
    }
    allocate(RATE, 11);
    long alsoFreed = allocate(RATE, 12);
    profile.poll();
    jvm.live.removeAll(List.of(freed, alsoFreed));
    rounds.collects = true;
    profile.poll();
    rounds.collects = false;
  }

  private long allocate(long sizeBytes, long method) {
    return jvm.allocate(1_000_000, sizeBytes, "[B", method);
  }

  @Test
  void protobuf_heap_isAsInGo() throws Exception {
    Profile heap = encoded(profile.heap().snapshot());
    isAsInGo(heap);
    assertThat(heap.getDefaultSampleType()).isZero();
  }

  @Test
  void protobuf_allocs_isAsInGo() throws Exception {
    Profile allocs = encoded(profile.allocs().snapshot());
    isAsInGo(allocs);
    assertThat(text(allocs, allocs.getDefaultSampleType())).isEqualTo("alloc_space");
  }

  private static void isAsInGo(Profile heap) {
    assertThat(heap.getSampleTypeList())
        .extracting(type -> text(heap, type))
        .containsExactly(
            "alloc_objects/count", "alloc_space/bytes", "inuse_objects/count", "inuse_space/bytes");
    assertThat(text(heap, heap.getPeriodType())).isEqualTo("space/bytes");
    assertThat(heap.getPeriod()).isEqualTo(RATE);
    assertThat(heap.getDurationNanos()).isZero();
    assertThat(heap.getSampleList())
        .extracting(sample -> text(heap, sample))
        .containsExactlyInAnyOrder(
            "[2050, 2099200, 1537, 1574400] bytes=1024 class=byte[]",
            "[1, 829411, 1, 829411] bytes=524288 class=byte[]",
            "[1, 829411, 0, 0] bytes=524288 class=byte[]");
  }

  /** Not scaled, as in Go. */
  @Test
  void text_heap_isWhatWasSampled() {
    String text = new TextEncoder(0, List::of).encode(profile.raw());
    assertThat(text.lines().filter(line -> !line.startsWith("#") && !line.isEmpty()))
        .satisfiesExactlyInAnyOrder(
            line ->
                assertThat(line)
                    .isEqualTo("heap profile: 4: 527360 [6: 1052672] @ heap/" + 2 * RATE),
            line -> assertThat(line).startsWith("3: 3072 [4: 4096] @ 0x"),
            line -> assertThat(line).startsWith("1: 524288 [1: 524288] @ 0x"),
            line -> assertThat(line).startsWith("0: 0 [1: 524288] @ 0x"));
  }

  private static Profile encoded(Snapshot snapshot) throws Exception {
    byte[] bytes = RepeatedProfile.once(snapshot, "application", List.of());
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return Profile.parseFrom(in.readAllBytes());
    }
  }

  private static String text(Profile heap, Sample sample) {
    StringBuilder text = new StringBuilder(sample.getValueList().toString());
    for (Label label : sample.getLabelList()) {
      String value = label.getStr() == 0 ? "" + label.getNum() : text(heap, label.getStr());
      text.append(' ').append(text(heap, label.getKey())).append('=').append(value);
    }
    return text.toString();
  }

  private static String text(Profile heap, ValueType type) {
    return text(heap, type.getType()) + '/' + text(heap, type.getUnit());
  }

  private static String text(Profile heap, long index) {
    return heap.getStringTable((int) index);
  }
}
