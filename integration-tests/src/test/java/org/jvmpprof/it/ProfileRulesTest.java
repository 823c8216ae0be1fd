package org.jvmpprof.it;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvmpprof.proto.Label;
import org.jvmpprof.proto.Mapping;
import org.jvmpprof.proto.Profile;

class ProfileRulesTest {
  @TempDir Path directory;

  @Test
  void brokenBy_validProfile_isNothing() throws IOException {
    ProfileFile file =
        TestProfiles.empty().with(3, "pkg.Main.leaf", "pkg.Main.main").writeTo(directory, "1");

    assertThat(ProfileRules.brokenBy(file)).isEmpty();
  }

  @Test
  void brokenBy_fragmentsInSeveralMembers_isNothing() throws IOException {
    ProfileFile file = TestProfiles.empty().with(3, "pkg.Main.main").writeTo(directory, "1");
    Profile more = Profile.newBuilder().addSample(file.profile().getSample(0)).build();
    append(file, more);

    assertThat(ProfileRules.brokenBy(ProfileFile.read(file.path()))).isEmpty();
  }

  @Test
  void brokenBy_twoProfilesInOneFile_saysThatTimeIsThereTwice() throws IOException {
    ProfileFile file = TestProfiles.empty().writeTo(directory, "1");
    append(file, Profile.newBuilder().setTimeNanos(2).build());

    assertThat(ProfileRules.brokenBy(ProfileFile.read(file.path())))
        .containsExactly("time_nanos is there 2 times");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("defects")
  void brokenBy_defect_namesIt(String broken, Consumer<Profile.Builder> defect) throws IOException {
    Profile.Builder profile = TestProfiles.empty().with(1, "pkg.Main.a", "pkg.Main.b").build();
    defect.accept(profile);

    assertThat(ProfileRules.brokenBy(TestProfiles.write(profile, directory, "1")))
        .containsExactly(broken);
  }

  static Stream<Arguments> defects() {
    return Stream.of(
        defect("string_table[0] is not the empty string", p -> p.setStringTable(0, "x")),
        defect("string_table[0] is not the empty string", Profile.Builder::clearStringTable),
        defect("time_nanos is there 0 times", Profile.Builder::clearTimeNanos),
        defect("wrong period_type", Profile.Builder::clearPeriodType),
        defect("no period", Profile.Builder::clearPeriod),
        defect("comment is no string", p -> p.addComment(99)),
        defect("2 mappings", p -> p.addMapping(p.getMapping(0).toBuilder().setId(2))),
        defect("mapping without has_functions", mapping(m -> m.setHasFunctions(false))),
        defect("mapping without has_filenames", mapping(m -> m.setHasFilenames(false))),
        defect("mapping without has_line_numbers", mapping(m -> m.setHasLineNumbers(false))),
        defect("mapping without has_inline_frames", mapping(m -> m.setHasInlineFrames(false))),
        defect("mapping without name", mapping(Mapping.Builder::clearFilename)),
        defect("function ids do not run from 1", p -> p.addFunction(p.getFunction(1))),
        defect("function without a name", p -> p.getFunctionBuilder(0).clearName()),
        defect("location ids do not run from 1", p -> p.getLocationBuilder(1).setId(7)),
        defect("location outside of mapping 1", p -> p.getLocationBuilder(1).clearMappingId()),
        defect("location at address 0", p -> p.getLocationBuilder(1).clearAddress()),
        defect("one address is several places", p -> p.getLocationBuilder(1).setAddress(1)),
        defect(
            "one place has two locations",
            p -> p.addLocation(p.getLocation(1).toBuilder().setId(3).setAddress(3))),
        defect(
            "line of an unknown function",
            p -> p.getLocationBuilder(1).getLineBuilder(0).setFunctionId(9)),
        defect("sample at an unknown location", p -> p.getSampleBuilder(0).addLocationId(9)),
        defect("wrong number of values", p -> p.getSampleBuilder(0).addValue(1)),
        defect(
            "label key is no string",
            p -> p.getSampleBuilder(0).addLabel(Label.newBuilder().setKey(99))));
  }

  private static Arguments defect(String broken, Consumer<Profile.Builder> defect) {
    return arguments(broken, defect);
  }

  private static Consumer<Profile.Builder> mapping(Consumer<Mapping.Builder> defect) {
    return profile -> defect.accept(profile.getMappingBuilder(0));
  }

  private static void append(ProfileFile file, Profile fragment) throws IOException {
    byte[] member = TestProfiles.gzip(fragment.toByteArray());
    Files.write(file.path(), member, APPEND);
  }
}
