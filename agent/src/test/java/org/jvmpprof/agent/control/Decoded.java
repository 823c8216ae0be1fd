package org.jvmpprof.agent.control;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.jvmpprof.proto.Profile;
import org.jvmpprof.proto.Sample;
import org.jvmpprof.proto.ValueType;

/** Says in a few words what is in an encoded profile. */
final class Decoded {
  private final Profile profile;

  private Decoded(Profile profile) {
    this.profile = profile;
  }

  static Decoded of(Object gzipped) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream((byte[]) gzipped))) {
      return new Decoded(Profile.parseFrom(in));
    }
  }

  /** The type of the first value. */
  String type() {
    ValueType type = profile.getSampleType(0);
    return text(type.getType()) + "/" + text(type.getUnit());
  }

  String application() {
    return text(profile.getMapping(0).getFilename());
  }

  /** The first value by the name of the leaf. */
  Map<String, Long> leaves() {
    Map<String, Long> leaves = new TreeMap<>();
    for (Sample sample : profile.getSampleList()) {
      leaves.merge(leaf(sample), sample.getValue(0), Long::sum);
    }
    return leaves;
  }

  private String leaf(Sample sample) {
    int location = (int) sample.getLocationId(0) - 1;
    int function = (int) profile.getLocation(location).getLine(0).getFunctionId() - 1;
    return text(profile.getFunction(function).getName());
  }

  private String text(long index) {
    return profile.getStringTable((int) index);
  }
}
