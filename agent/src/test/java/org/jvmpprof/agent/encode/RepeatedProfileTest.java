package org.jvmpprof.agent.encode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
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
import org.jvmpprof.proto.Profile;
import org.jvmpprof.proto.Sample;

class RepeatedProfileTest {
  private static final String REMARK = "remark";

  private final StackTable stacks = new StackTable(100_000, 200_000);
  private final RepeatedProfile repeated = new RepeatedProfile("com.acme.Main");

  @Test
  void encode_moreAndOtherRowsEachTime_saysWhatItSaysAtOnce() throws Exception {
    Random random = new Random(1);
    for (int round = 0; round < 30; round++) {
      Row[] rows =
          random
              .ints(20L * round, 0, 10 + 40 * round)
              .distinct()
              .mapToObj(this::row)
              .toArray(Row[]::new);

      Profile profile = encoded(rows);

      assertThat(meaning(profile)).isEqualTo(expected(rows));
      assertThat(profile.getLocationList().stream().mapToLong(Location::getId).toArray())
          .isEqualTo(LongStream.rangeClosed(1, profile.getLocationCount()).toArray());
      assertThat(profile.getStringTable((int) profile.getComment(0))).isEqualTo(REMARK);
      assertThat(profile.getTimeNanos()).isEqualTo(77);
      assertThat(profile.getStringTableList()).doesNotHaveDuplicates();
    }
  }

  @Test
  void encode_sameRowsAgain_givesTheSameBytes() {
    Row[] rows = IntStream.range(0, 100).mapToObj(this::row).toArray(Row[]::new);

    assertThat(bytes(rows)).isEqualTo(bytes(rows));
  }

  @Test
  void encode_rowsThatComeAndGo_areForgotten() throws Exception {
    int most = 0;
    for (int round = 0; round < 50; round++) {
      int first = 500 * round;
      Row[] rows = IntStream.range(first, first + 500).mapToObj(this::row).toArray(Row[]::new);
      most = Math.max(most, encoded(rows).getSerializedSize());
    }
    assertThat(most).isLessThan(400_000);
  }

  private Row row(int number) {
    Frame leaf = new Frame(Function.named("leaf" + number / 2), 1);
    Frame root = new Frame(Function.named("root" + number % 7), number % 3);
    Labels labels =
        number % 2 == 0 ? Labels.NONE : Labels.of("key", "v").with(new Label("bytes", "", number));
    return new Row(
        stacks.intern(List.of(leaf, root)), labels, List.of((long) number, 1L, Long.MAX_VALUE, 0L));
  }

  private byte[] bytes(Row... rows) {
    return repeated.encode(
        new Snapshot(ProfileType.ALLOCS, 1, 77, 0, Arrays.asList(rows)), List.of(REMARK));
  }

  private Profile encoded(Row... rows) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes(rows)))) {
      return Profile.parseFrom(in.readAllBytes());
    }
  }

  private static Map<String, List<Long>> expected(Row... rows) {
    Map<String, List<Long>> all = new TreeMap<>();
    for (Row row : rows) {
      StringBuilder key = new StringBuilder();
      row.stack()
          .locations()
          .forEach(l -> key.append(l.function().name()).append(l.line()).append(l.address()));
      row.labels().list().forEach(l -> key.append(l.key()).append(l.text()).append(l.number()));
      all.put(key.toString(), row.values());
    }
    return all;
  }

  private static Map<String, List<Long>> meaning(Profile profile) {
    Map<String, List<Long>> all = new TreeMap<>();
    for (Sample sample : profile.getSampleList()) {
      StringBuilder key = new StringBuilder();
      for (long id : sample.getLocationIdList()) {
        Location location = profile.getLocation((int) id - 1);
        long function = location.getLine(0).getFunctionId();
        long name = profile.getFunction((int) function - 1).getName();
        key.append(profile.getStringTable((int) name)).append(location.getLine(0).getLine());
        key.append(location.getAddress());
      }
      sample
          .getLabelList()
          .forEach(
              label ->
                  key.append(profile.getStringTable((int) label.getKey()))
                      .append(profile.getStringTable((int) label.getStr()))
                      .append(label.getNum()));
      all.put(key.toString(), sample.getValueList());
    }
    return all;
  }
}
