package org.jvmpprof.it;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jvmpprof.proto.Function;
import org.jvmpprof.proto.Line;
import org.jvmpprof.proto.Location;
import org.jvmpprof.proto.Mapping;
import org.jvmpprof.proto.Profile;
import org.jvmpprof.proto.Sample;
import org.jvmpprof.proto.ValueType;

/**
 * What {@code go tool pprof} and scrapers enforce (google/pprof profile/encode.go postDecode and
 * Profile.CheckValid), and what this project promises beyond it.
 */
final class ProfileRules {
  private final Profile profile;
  private final List<String> broken = new ArrayList<>();

  private ProfileRules(Profile profile) {
    this.profile = profile;
  }

  /** The rules that a CPU profile breaks, one line each. */
  static List<String> brokenBy(ProfileFile file) throws IOException {
    ProfileRules rules = new ProfileRules(file.profile());
    rules.check(rules.stringsAreThere(), "string_table[0] is not the empty string");
    if (rules.broken.isEmpty()) {
      rules.checkHeader(timesStated(file.members().joined()));
      rules.checkMappings();
      rules.checkFunctions();
      rules.checkLocations();
      rules.checkSamples();
    }
    return rules.broken.stream().distinct().toList();
  }

  private boolean stringsAreThere() {
    return profile.getStringTableCount() > 0 && profile.getStringTable(0).isEmpty();
  }

  private void checkHeader(int timesStated) {
    List<String> types = profile.getSampleTypeList().stream().map(this::text).toList();
    check(types.equals(List.of("samples/count", "cpu/nanoseconds")), "sample types " + types);
    check(text(profile.getPeriodType()).equals("cpu/nanoseconds"), "wrong period_type");
    check(profile.getPeriod() > 0, "no period");
    check(timesStated == 1, "time_nanos is there " + timesStated + " times");
    check(profile.getDurationNanos() >= 0, "negative duration_nanos");
    check(profile.getUnknownFields().asMap().isEmpty(), "unknown fields");
    profile.getCommentList().forEach(comment -> string(comment, "comment"));
    string(profile.getDefaultSampleType(), "default_sample_type");
  }

  private void checkMappings() {
    checkIds("mapping", profile.getMappingList().stream().mapToLong(Mapping::getId));
    check(profile.getMappingCount() == 1, profile.getMappingCount() + " mappings");
    for (Mapping mapping : profile.getMappingList()) {
      check(mapping.getHasFunctions(), "mapping without has_functions");
      check(mapping.getHasFilenames(), "mapping without has_filenames");
      check(mapping.getHasLineNumbers(), "mapping without has_line_numbers");
      check(mapping.getHasInlineFrames(), "mapping without has_inline_frames");
      check(!string(mapping.getFilename(), "mapping filename").isEmpty(), "mapping without name");
    }
  }

  private void checkFunctions() {
    checkIds("function", profile.getFunctionList().stream().mapToLong(Function::getId));
    for (Function function : profile.getFunctionList()) {
      check(!string(function.getName(), "name").isEmpty(), "function without a name");
      string(function.getSystemName(), "system_name");
      string(function.getFilename(), "filename");
    }
  }

  private void checkLocations() {
    checkIds("location", profile.getLocationList().stream().mapToLong(Location::getId));
    Map<List<Line>, Long> addresses = new HashMap<>();
    for (Location location : profile.getLocationList()) {
      check(location.getMappingId() == 1, "location outside of mapping 1");
      check(location.getAddress() != 0, "location at address 0");
      check(location.getLineCount() > 0, "location without a line");
      check(
          addresses.put(location.getLineList(), location.getAddress()) == null,
          "one place has two locations");
      location.getLineList().forEach(line -> checkFunctionOf(line));
    }
    Set<Long> distinct = new HashSet<>(addresses.values());
    check(distinct.size() == addresses.size(), "one address is several places");
  }

  private void checkFunctionOf(Line line) {
    check(isId(line.getFunctionId(), profile.getFunctionCount()), "line of an unknown function");
  }

  private void checkSamples() {
    for (Sample sample : profile.getSampleList()) {
      check(sample.getValueCount() == profile.getSampleTypeCount(), "wrong number of values");
      for (long id : sample.getLocationIdList()) {
        check(isId(id, profile.getLocationCount()), "sample at an unknown location");
      }
      sample
          .getLabelList()
          .forEach(
              label -> {
                string(label.getKey(), "label key");
                string(label.getStr(), "label");
                string(label.getNumUnit(), "label unit");
              });
    }
  }

  private void checkIds(String what, LongStream ids) {
    long[] all = ids.toArray();
    check(
        Arrays.equals(all, LongStream.rangeClosed(1, all.length).toArray()),
        what + " ids do not run from 1");
  }

  private static boolean isId(long id, int count) {
    return id >= 1 && id <= count;
  }

  private String text(ValueType type) {
    return string(type.getType(), "type") + "/" + string(type.getUnit(), "unit");
  }

  private String string(long index, String of) {
    boolean exists = index >= 0 && index < profile.getStringTableCount();
    check(exists, of + " is no string");
    return exists ? profile.getStringTable((int) index) : "";
  }

  private void check(boolean holds, String otherwise) {
    if (!holds) {
      broken.add(otherwise);
    }
  }

  /** Go takes a second time_nanos for two profiles in one file; a protobuf parser hides it. */
  private static int timesStated(byte[] message) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(message);
    int times = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      times += tag >>> 3 == Profile.TIME_NANOS_FIELD_NUMBER ? 1 : 0;
      in.skipField(tag);
    }
    return times;
  }
}
