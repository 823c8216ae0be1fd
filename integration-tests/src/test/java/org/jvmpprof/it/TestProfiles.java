package org.jvmpprof.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jvmpprof.proto.Function;
import org.jvmpprof.proto.Line;
import org.jvmpprof.proto.Location;
import org.jvmpprof.proto.Mapping;
import org.jvmpprof.proto.Profile;
import org.jvmpprof.proto.Sample;
import org.jvmpprof.proto.ValueType;

/** Small valid profiles, made by hand, to test the fixtures with. */
final class TestProfiles {
  private static final long PERIOD_NANOS = 10_000_000;

  private final Profile.Builder profile = Profile.newBuilder();
  private final List<String> strings = new ArrayList<>();

  private TestProfiles() {}

  /** A profile without samples. */
  static TestProfiles empty() {
    TestProfiles made = new TestProfiles();
    made.string("");
    made.profile
        .addSampleType(made.type("samples", "count"))
        .addSampleType(made.type("cpu", "nanoseconds"))
        .setPeriodType(made.type("cpu", "nanoseconds"))
        .setPeriod(PERIOD_NANOS)
        .setTimeNanos(1)
        .addMapping(
            Mapping.newBuilder()
                .setId(1)
                .setFilename(made.string("Main"))
                .setHasFunctions(true)
                .setHasFilenames(true)
                .setHasLineNumbers(true)
                .setHasInlineFrames(true));
    return made;
  }

  /** Adds samples of a stack, leaf first; every call makes new functions. */
  TestProfiles with(int samples, String... functions) {
    Sample.Builder sample = Sample.newBuilder().addValue(samples).addValue(samples * PERIOD_NANOS);
    for (String function : functions) {
      long id = profile.getFunctionCount() + 1L;
      profile.addFunction(
          Function.newBuilder()
              .setId(id)
              .setName(string(function))
              .setFilename(string("pkg/Main.java")));
      profile.addLocation(
          Location.newBuilder()
              .setId(id)
              .setMappingId(1)
              .setAddress(id)
              .addLine(Line.newBuilder().setFunctionId(id).setLine(7)));
      sample.addLocationId(id);
    }
    profile.addSample(sample);
    return this;
  }

  Profile.Builder build() {
    return profile.clone().addAllStringTable(strings);
  }

  /** Writes {@code cpu-<name>.pb.gz}. */
  ProfileFile writeTo(Path directory, String name) throws IOException {
    return write(build(), directory, name);
  }

  static ProfileFile write(Profile.Builder profile, Path directory, String name)
      throws IOException {
    Path file = directory.resolve("cpu-" + name + ".pb.gz");
    Files.write(file, gzip(profile.build().toByteArray()));
    return ProfileFile.read(file);
  }

  static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private ValueType type(String type, String unit) {
    return ValueType.newBuilder().setType(string(type)).setUnit(string(unit)).build();
  }

  private int string(String text) {
    if (!strings.contains(text)) {
      strings.add(text);
    }
    return strings.indexOf(text);
  }
}
