package org.jvmpprof.agent.encode;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.jvmpprof.agent.profile.Label;
import org.jvmpprof.agent.profile.Labels;
import org.jvmpprof.agent.profile.ProfileType;
import org.jvmpprof.agent.profile.Row;
import org.jvmpprof.agent.profile.Snapshot;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.stack.Function;
import org.jvmpprof.agent.stack.StackTable;
import org.jvmpprof.proto.Location;
import org.jvmpprof.proto.Mapping;
import org.jvmpprof.proto.Profile;
import org.jvmpprof.proto.Sample;
import org.jvmpprof.proto.ValueType;

class ProfileEncoderTest {
  private static final long PERIOD_NANOS = 10_000_000;
  private static final ProfileHeader HEADER =
      new ProfileHeader(ProfileType.CPU, PERIOD_NANOS, 123_456_789, "com.acme.Main");

  private final StackTable stacks = new StackTable(100, 100);
  private final ProfileEncoder encoder = new ProfileEncoder(HEADER);

  @Test
  void fragment_noRows_isAProfileWithTypesAndPeriod() throws Exception {
    Profile profile = Profile.parseFrom(encoder.fragment(List.of(), 5, List.of()).bytes());
    assertThat(profile.getStringTable(0)).isEmpty();
    assertThat(profile.getSampleTypeList().stream().map(type -> text(profile, type)))
        .containsExactly("samples/count", "cpu/nanoseconds");
    assertThat(text(profile, profile.getPeriodType())).isEqualTo("cpu/nanoseconds");
    assertThat(profile.getPeriod()).isEqualTo(PERIOD_NANOS);
    assertThat(profile.getTimeNanos()).isEqualTo(123_456_789);
    assertThat(profile.getDurationNanos()).isEqualTo(5);
    assertThat(profile.getSampleCount()).isZero();
  }

  @Test
  void fragment_anyProfile_hasOneMappingThatNeedsNoSymbolising() throws Exception {
    Profile profile =
        Profile.parseFrom(encoder.fragment(List.of(row(1, "a:1")), 5, List.of()).bytes());
    Mapping mapping = profile.getMapping(0);
    assertThat(profile.getMappingCount()).isEqualTo(1);
    assertThat(mapping.getId()).isEqualTo(1);
    assertThat(profile.getStringTable((int) mapping.getFilename())).isEqualTo("com.acme.Main");
    assertThat(mapping.getHasFunctions()).isTrue();
    assertThat(mapping.getHasFilenames()).isTrue();
    assertThat(mapping.getHasLineNumbers()).isTrue();
    assertThat(mapping.getHasInlineFrames()).isTrue();
    assertThat(profile.getLocationList()).allMatch(l -> l.getMappingId() == 1);
  }

  @Test
  void fragments_concatenated_areOneProfile() throws Exception {
    Profile profile =
        concatenated(
            encoder.fragment(List.of(row(1, "a:1", "root:9")), 5, List.of("#x")),
            encoder.fragment(List.of(row(2, "b:2", "root:9"), row(3, "a:1")), 7, List.of("#x")));
    assertThat(profile.getSampleList().stream().map(s -> stack(profile, s) + " " + s.getValue(0)))
        .containsExactly("a:1 root:9 1", "b:2 root:9 2", "a:1 3");
    assertThat(profile.getLocationList().stream().map(Location::getId)).containsExactly(1L, 2L, 3L);
    assertThat(profile.getDurationNanos()).isEqualTo(7);
    assertThat(profile.getCommentCount()).isEqualTo(1);
    assertThat(profile.getStringTableList()).doesNotHaveDuplicates();
  }

  @Test
  void fragments_concatenated_nameTheTimeOnce() throws Exception {
    encoder.fragment(List.of(), 5, List.of());
    Profile second =
        Profile.parseFrom(encoder.fragment(List.of(row(1, "a:1")), 7, List.of()).bytes());
    assertThat(second.getTimeNanos()).isZero();
    assertThat(second.getSampleTypeCount()).isZero();
    assertThat(second.getMappingCount()).isZero();
  }

  @Test
  void pieces_manyRows_areAProfileAfterEach() throws Exception {
    List<Row> rows =
        IntStream.range(0, 90)
            .mapToObj(i -> row(1, "com.acme.shop.orders.SomeType.method" + i + ":1", "root:9"))
            .toList();
    List<byte[]> pieces = encoder.fragment(rows, 5, List.of()).pieces();
    assertThat(pieces).hasSizeGreaterThan(1);
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      read.writeBytes(piece);
      Profile profile = Profile.parseFrom(read.toByteArray());
      assertThat(profile.getDurationNanos()).isEqualTo(5);
      assertThat(profile.getSampleList()).allSatisfy(sample -> stack(profile, sample));
    }
    assertThat(Profile.parseFrom(read.toByteArray()).getSampleCount()).isEqualTo(rows.size());
  }

  @Test
  void filler_anyLength_isAGzipMemberWithoutContent() throws IOException {
    for (int length = Gzip.MIN_FILLER_BYTES; length <= 4096; length++) {
      byte[] filler = Gzip.filler(length);
      assertThat(filler).hasSize(length);
      ByteArrayInputStream bytes =
          new ByteArrayInputStream(joined(filler, Gzip.member(new byte[] {7})));
      try (GZIPInputStream in = new GZIPInputStream(bytes)) {
        assertThat(in.readAllBytes()).containsExactly(7);
      }
    }
  }

  @Test
  void fragment_emptyStack_isASampleWithoutLocations() throws Exception {
    Profile profile = Profile.parseFrom(encoder.fragment(List.of(row(4)), 5, List.of()).bytes());
    assertThat(profile.getSample(0).getLocationIdCount()).isZero();
    assertThat(profile.getSample(0).getValueList()).containsExactly(4L, 4 * PERIOD_NANOS);
  }

  @Test
  void fragment_labels_areTextOrNumber() throws Exception {
    Row row = row(1, "a:1");
    Labels labels = Labels.of("handler", "/checkout").with(new Label("bytes", "", 48));
    Row labelled = new Row(row.stack(), labels, row.values());
    Profile profile =
        Profile.parseFrom(encoder.fragment(List.of(labelled, row), 5, List.of()).bytes());
    assertThat(profile.getSample(0).getLabelList().stream().map(label -> text(profile, label)))
        .containsExactly("bytes= 48", "handler=/checkout 0");
    assertThat(profile.getSample(1).getLabelList()).isEmpty();
  }

  @Test
  void encode_snapshot_isAWholeProfile() throws Exception {
    Snapshot snapshot = new Snapshot(ProfileType.ALLOCS, 512 << 10, 77, 0, List.of());
    byte[] member = RepeatedProfile.once(snapshot, "com.acme.Main", List.of("remark"));
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(member))) {
      Profile profile = Profile.parseFrom(in.readAllBytes());
      assertThat(profile.getSampleTypeList().stream().map(type -> text(profile, type)))
          .containsExactly(
              "alloc_objects/count",
              "alloc_space/bytes",
              "inuse_objects/count",
              "inuse_space/bytes");
      assertThat(text(profile, profile.getPeriodType())).isEqualTo("space/bytes");
      assertThat(profile.getStringTable((int) profile.getDefaultSampleType()))
          .isEqualTo("alloc_space");
      assertThat(profile.getTimeNanos()).isEqualTo(77);
      assertThat(profile.getStringTable((int) profile.getComment(0))).isEqualTo("remark");
    }
  }

  @Test
  void member_anyBytes_isOneWholeGzipMember() throws IOException {
    byte[] bytes = "some bytes".getBytes(StandardCharsets.UTF_8);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(Gzip.member(bytes)))) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
    }
  }

  private Row row(long samples, String... frames) {
    List<Frame> list = List.of(frames).stream().map(ProfileEncoderTest::frame).toList();
    return new Row(stacks.intern(list), Labels.NONE, List.of(samples, samples * PERIOD_NANOS));
  }

  private static Frame frame(String text) {
    String[] parts = text.split(":", 2);
    return new Frame(Function.named(parts[0]), Integer.parseInt(parts[1]));
  }

  private static Profile concatenated(Fragment... fragments) throws InvalidProtocolBufferException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Fragment fragment : fragments) {
      all.writeBytes(fragment.bytes());
    }
    return Profile.parseFrom(all.toByteArray());
  }

  private static byte[] joined(byte[] first, byte[] second) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes(second);
    return both.toByteArray();
  }

  private static String text(Profile profile, ValueType type) {
    return profile.getStringTable((int) type.getType())
        + "/"
        + profile.getStringTable((int) type.getUnit());
  }

  private static String text(Profile profile, org.jvmpprof.proto.Label label) {
    return profile.getStringTable((int) label.getKey())
        + "="
        + profile.getStringTable((int) label.getStr())
        + " "
        + label.getNum();
  }

  private static String stack(Profile profile, Sample sample) {
    StringBuilder text = new StringBuilder();
    for (long id : sample.getLocationIdList()) {
      Location location = profile.getLocation((int) id - 1);
      long function = location.getLine(0).getFunctionId();
      long name = profile.getFunction((int) function - 1).getName();
      text.append(text.isEmpty() ? "" : " ").append(profile.getStringTable((int) name));
      text.append(':').append(location.getLine(0).getLine());
    }
    return text.toString();
  }
}
