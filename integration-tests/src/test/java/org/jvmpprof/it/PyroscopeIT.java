package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.jvmpprof.proto.Line;
import org.jvmpprof.proto.Location;
import org.jvmpprof.proto.Profile;
import org.jvmpprof.proto.Sample;

/** What Pyroscope's ingestion takes without dropping anything, and its default limits. */
class PyroscopeIT {
  private static final int MAX_BYTES = 4 << 20;
  private static final int MAX_SAMPLES = 16_000;
  private static final int MAX_LABELS = 100;
  private static final int MAX_DEPTH = 1000;
  private static final int MAX_NAME_BYTES = 65_535;

  @OnEachJdk
  void answers_defaultRoutes_areIngestedWhole(Java java) throws Exception {
    HeapLibrary.assumeBuilt();
    try (HttpAgent agent = HttpAgent.start(java)) {
      for (String route : Routes.OF_SCRAPERS) {
        Scrape scrape = agent.get(route);
        assertThat(scrape.profile().hasPeriodType()).as(route).isTrue();
        assertThat(scrape.periodType()).as(route).matches("\\w+/\\w+");
        assertReferencesHold(scrape.profile());
        assertWithinLimits(scrape);
      }
    }
  }

  private static void assertReferencesHold(Profile profile) {
    assertThat(profile.getMappingList())
        .singleElement()
        .matches(mapping -> mapping.getHasFunctions());
    for (Location location : profile.getLocationList()) {
      for (Line line : location.getLineList()) {
        assertThat(line.getFunctionId()).isBetween(1L, (long) profile.getFunctionCount());
      }
    }
    for (Sample sample : profile.getSampleList()) {
      assertThat(sample.getValueList()).allMatch(value -> value >= 0).anyMatch(value -> value > 0);
    }
  }

  private static void assertWithinLimits(Scrape scrape) throws IOException {
    Profile profile = scrape.profile();
    assertThat(scrape.message()).hasSizeLessThanOrEqualTo(MAX_BYTES);
    assertThat(profile.getSampleCount()).isLessThanOrEqualTo(MAX_SAMPLES);
    List<String> strings = profile.getStringTableList();
    assertThat(strings).allMatch(string -> string.length() <= MAX_NAME_BYTES);
    for (Sample sample : profile.getSampleList()) {
      assertThat(sample.getLabelCount()).isLessThanOrEqualTo(MAX_LABELS);
      assertThat(sample.getLocationIdCount()).isLessThanOrEqualTo(MAX_DEPTH);
    }
  }
}
