package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jvmpprof.proto.Function;
import org.jvmpprof.proto.Location;
import org.jvmpprof.proto.Mapping;
import org.jvmpprof.proto.Profile;
import org.jvmpprof.proto.Sample;

/** What Parca checks ({@code ValidatePprofProfile}) and what its user interface knows. */
class ParcaIT {
  /** Sample types, period type and whether the values are those of a span of time. */
  private record Kind(List<String> sampleTypes, String periodType, boolean delta) {}

  private static final Kind CONTENTION =
      new Kind(List.of("contentions/count", "delay/nanoseconds"), "contentions/count", false);

  private static final Map<String, Kind> KNOWN =
      Map.of(
          Routes.CPU,
          new Kind(List.of("samples/count", "cpu/nanoseconds"), "cpu/nanoseconds", true),
          "allocs",
          new Kind(
              List.of(
                  "alloc_objects/count",
                  "alloc_space/bytes",
                  "inuse_objects/count",
                  "inuse_space/bytes"),
              "space/bytes",
              false),
          "block",
          CONTENTION,
          "mutex",
          CONTENTION,
          "goroutine",
          new Kind(List.of("goroutine/count"), "goroutine/count", false));

  @OnEachJdk
  void answers_defaultRoutes_areKnownAndValid(Java java) throws Exception {
    HeapLibrary.assumeBuilt();
    try (HttpAgent agent = HttpAgent.start(java)) {
      for (String route : Routes.OF_SCRAPERS) {
        Scrape scrape = agent.get(route);
        Kind kind =
            new Kind(
                scrape.sampleTypes(), scrape.periodType(), scrape.profile().getDurationNanos() > 0);
        assertThat(kind).as(route).isEqualTo(KNOWN.get(route));
        assertValid(scrape.profile());
      }
    }
  }

  private static void assertValid(Profile profile) {
    assertThat(profile.getStringTable(0)).isEmpty();
    assertSequential(profile.getMappingList().stream().mapToLong(Mapping::getId));
    assertSequential(profile.getFunctionList().stream().mapToLong(Function::getId));
    assertSequential(profile.getLocationList().stream().mapToLong(Location::getId));
    assertThat(profile.getLocationList())
        .allMatch(location -> location.getMappingId() == 1 && location.getLineCount() == 1);
    for (Sample sample : profile.getSampleList()) {
      assertThat(sample.getValueCount()).isEqualTo(profile.getSampleTypeCount());
      assertThat(sample.getLocationIdList())
          .allMatch(id -> id >= 1 && id <= profile.getLocationCount());
      assertThat(sample.getLabelList())
          .noneMatch(label -> Scrape.string(profile, label.getKey()).isEmpty());
    }
  }

  private static void assertSequential(LongStream ids) {
    long[] all = ids.toArray();
    assertThat(all).containsExactly(LongStream.rangeClosed(1, all.length).toArray());
  }
}
