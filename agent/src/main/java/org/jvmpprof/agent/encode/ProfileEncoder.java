package org.jvmpprof.agent.encode;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jvmpprof.agent.profile.Label;
import org.jvmpprof.agent.profile.Row;
import org.jvmpprof.agent.profile.Snapshot;
import org.jvmpprof.agent.profile.ValueType;
import org.jvmpprof.agent.stack.Function;
import org.jvmpprof.agent.stack.Location;
import org.jvmpprof.agent.stack.Table;

/**
 * Encodes one profile as a sequence of fragments of the message {@code Profile}: their
 * concatenation is a valid profile after each of them. The first fragment carries what may stand
 * only once; ids and string indices run on from fragment to fragment (see google/pprof, {@code
 * profile/encode.go}: references are resolved after the whole input was read).
 */
public final class ProfileEncoder {
  // Field numbers of profile.proto, with the type of each.
  private static final int PROFILE_SAMPLE_TYPE = 1; // repeated ValueType
  private static final int PROFILE_SAMPLE = 2; // repeated Sample
  private static final int PROFILE_MAPPING = 3; // repeated Mapping
  private static final int PROFILE_LOCATION = 4; // repeated Location
  private static final int PROFILE_FUNCTION = 5; // repeated Function
  private static final int PROFILE_STRING_TABLE = 6; // repeated string
  private static final int PROFILE_TIME_NANOS = 9; // int64
  private static final int PROFILE_DURATION_NANOS = 10; // int64
  private static final int PROFILE_PERIOD_TYPE = 11; // ValueType
  private static final int PROFILE_PERIOD = 12; // int64
  private static final int PROFILE_COMMENT = 13; // repeated int64
  private static final int PROFILE_DEFAULT_SAMPLE_TYPE = 14; // int64
  private static final int VALUE_TYPE_TYPE = 1; // int64
  private static final int VALUE_TYPE_UNIT = 2; // int64
  private static final int SAMPLE_LOCATION_ID = 1; // repeated uint64
  private static final int SAMPLE_VALUE = 2; // repeated int64
  private static final int SAMPLE_LABEL = 3; // repeated Label
  private static final int LABEL_KEY = 1; // int64
  private static final int LABEL_STR = 2; // int64
  private static final int LABEL_NUM = 3; // int64
  private static final int MAPPING_ID = 1; // uint64
  private static final int MAPPING_FILENAME = 5; // int64
  private static final int[] MAPPING_HAS = {7, 8, 9, 10}; // functions, filenames, lines, inlines
  private static final int LOCATION_ID = 1; // uint64
  private static final int LOCATION_MAPPING_ID = 2; // uint64
  private static final int LOCATION_ADDRESS = 3; // uint64
  private static final int LOCATION_LINE = 4; // repeated Line
  private static final int LINE_FUNCTION_ID = 1; // uint64
  private static final int LINE_LINE = 2; // int64
  private static final int FUNCTION_ID = 1; // uint64
  private static final int FUNCTION_NAME = 2; // int64
  private static final int FUNCTION_SYSTEM_NAME = 3; // int64
  private static final int FUNCTION_FILENAME = 4; // int64

  private final ProfileHeader header;
  private final Table<String, Long> strings = new Table<>();
  private final Table<Function, Long> functions = new Table<>();
  private final LocationIds locations = new LocationIds();
  private final Set<String> comments = new HashSet<>();
  private Fragment out = new Fragment();

  /**
   * Encodes a whole profile at once.
   *
   * @param application the name that viewers show after {@code File:}
   * @param remarks comments
   * @return one gzip member
   */
  public static byte[] encode(Snapshot snapshot, String application, List<String> remarks) {
    ProfileHeader header =
        new ProfileHeader(snapshot.type(), snapshot.period(), snapshot.epochNanos(), application);
    return Gzip.member(
        new ProfileEncoder(header)
            .fragment(snapshot.rows(), snapshot.durationNanos(), remarks)
            .bytes());
  }

  /** Begins a profile. */
  public ProfileEncoder(ProfileHeader header) {
    this.header = header;
  }

  /**
   * Encodes the next fragment.
   *
   * @param rows rows that come in addition to those of earlier fragments
   * @param durationNanos the span that the profile covers with this fragment; 0 for profiles that
   *     are cumulative
   * @param remarks comments; those that an earlier fragment had are not repeated
   */
  public Fragment fragment(List<Row> rows, long durationNanos, List<String> remarks) {
    if (strings.size() == 0) {
      writeHeader();
    }
    for (String remark : remarks) {
      if (comments.add(remark)) {
        out.number(PROFILE_COMMENT, string(remark));
      }
    }
    // Before the rows: a profile may end after any of them.
    out.number(PROFILE_DURATION_NANOS, durationNanos);
    rows.forEach(this::writeSample);
    Fragment fragment = out;
    out = new Fragment();
    return fragment;
  }

  private void writeHeader() {
    string("");
    for (ValueType type : header.type().sampleTypes()) {
      out.message(PROFILE_SAMPLE_TYPE, valueType(type));
    }
    ProtoMessage mapping = new ProtoMessage().number(MAPPING_ID, 1);
    mapping.number(MAPPING_FILENAME, string(header.application()));
    for (int flag : MAPPING_HAS) {
      mapping.yes(flag);
    }
    out.message(PROFILE_MAPPING, mapping);
    out.number(PROFILE_TIME_NANOS, header.startEpochNanos());
    out.message(PROFILE_PERIOD_TYPE, valueType(header.type().periodType()));
    out.number(PROFILE_PERIOD, header.period());
    out.number(PROFILE_DEFAULT_SAMPLE_TYPE, string(header.type().defaultSampleType()));
  }

  private ProtoMessage valueType(ValueType type) {
    return new ProtoMessage()
        .number(VALUE_TYPE_TYPE, string(type.type()))
        .number(VALUE_TYPE_UNIT, string(type.unit()));
  }

  private void writeSample(Row row) {
    List<Location> places = row.stack().locations();
    long[] ids = new long[places.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = location(places.get(i));
    }
    long[] values = row.values().stream().mapToLong(Long::longValue).toArray();
    ProtoMessage sample =
        new ProtoMessage().packed(SAMPLE_LOCATION_ID, ids).packed(SAMPLE_VALUE, values);
    row.labels().list().forEach(label -> sample.message(SAMPLE_LABEL, label(label)));
    out.message(PROFILE_SAMPLE, sample);
  }

  private ProtoMessage label(Label label) {
    return new ProtoMessage()
        .number(LABEL_KEY, string(label.key()))
        .number(LABEL_STR, string(label.text()))
        .number(LABEL_NUM, label.number());
  }

  private int location(Location place) {
    int known = locations.get(place);
    return known == 0 ? newLocation(place) : known;
  }

  private int newLocation(Location place) {
    int id = locations.add(place);
    ProtoMessage line = new ProtoMessage().number(LINE_FUNCTION_ID, function(place.function()));
    out.message(
        PROFILE_LOCATION,
        new ProtoMessage()
            .number(LOCATION_ID, id)
            .number(LOCATION_MAPPING_ID, 1)
            .number(LOCATION_ADDRESS, place.address())
            .message(LOCATION_LINE, line.number(LINE_LINE, place.line())));
    return id;
  }

  private long function(Function function) {
    Long known = functions.get(function);
    if (known != null) {
      return known;
    }
    long id = functions.size() + 1L;
    functions.put(function, id);
    out.message(
        PROFILE_FUNCTION,
        new ProtoMessage()
            .number(FUNCTION_ID, id)
            .number(FUNCTION_NAME, string(function.name()))
            .number(FUNCTION_SYSTEM_NAME, string(function.name()))
            .number(FUNCTION_FILENAME, string(function.file())));
    return id;
  }

  private long string(String value) {
    Long known = strings.get(value);
    if (known != null) {
      return known;
    }
    long index = strings.size();
    strings.put(value, index);
    out.string(PROFILE_STRING_TABLE, value);
    return index;
  }
}
