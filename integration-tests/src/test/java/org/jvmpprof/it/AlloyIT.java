package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;

/** What Grafana Alloy's {@code pyroscope.scrape} demands of the answers to what it asks. */
class AlloyIT {
  private static final int MAX_VALUES = 4;

  /** What Alloy turns into differences itself, by exact type and unit. */
  private static final Map<String, List<String>> DELTA =
      Map.of(
          "allocs", List.of("alloc_objects/count", "alloc_space/bytes"),
          "mutex", List.of("contentions/count", "delay/nanoseconds"),
          "block", List.of("contentions/count", "delay/nanoseconds"));

  @OnEachJdk
  void answers_defaultRoutes_areAccepted(Java java) throws Exception {
    HeapLibrary.assumeBuilt();
    try (HttpAgent agent = HttpAgent.start(java)) {
      for (String route : Routes.OF_SCRAPERS) {
        Scrape scrape = agent.get(route);
        SoftAssertions.assertSoftly(
            soft -> {
              soft.assertThat(scrape.status()).as(route).isEqualTo(200);
              soft.assertThat(scrape.header("Content-Type"))
                  .as(route)
                  .startsWith("application/octet-stream");
              soft.assertThat(scrape.header("Content-Encoding")).as(route).isEmpty();
              soft.assertThat(scrape.response().body())
                  .as(route)
                  .startsWith(0x1f, 0x8b)
                  .hasSizeGreaterThan(2);
            });
        assertThat(scrape.sampleTypes())
            .as(route)
            .hasSizeLessThanOrEqualTo(MAX_VALUES)
            .containsAll(DELTA.getOrDefault(route, List.of()));
        assertThat(scrape.profile().getTimeNanos()).as(route).isPositive();
      }
    }
  }

  @OnEachJdk
  void addresses_twoScrapes_areOnePlaceEachForEver(Java java) throws Exception {
    HeapLibrary.assumeBuilt();
    try (HttpAgent agent = HttpAgent.start(java)) {
      Map<Long, String> known = new HashMap<>();
      Map<String, Long> reverse = new HashMap<>();
      for (int round = 0; round < 2; round++) {
        for (String route : Routes.OF_SCRAPERS) {
          agent
              .get(route)
              .places()
              .forEach(
                  (address, place) -> {
                    assertThat(address).isNotZero();
                    assertThat(known.merge(address, place, (a, b) -> a)).isEqualTo(place);
                    assertThat(reverse.merge(place, address, (a, b) -> a)).isEqualTo(address);
                  });
        }
      }
      assertThat(known).isNotEmpty();
    }
  }

  @OnEachJdk
  void cumulative_twoScrapes_onlyGrow(Java java) throws Exception {
    try (HttpAgent agent = HttpAgent.start(java)) {
      for (String route : agent.listed()) {
        Scrape before = agent.get(route);
        Scrape after = agent.get(route);
        assertThat(after.profile().getTimeNanos())
            .as(route)
            .isGreaterThan(before.profile().getTimeNanos());
        if (DELTA.containsKey(route)) {
          Map<String, List<Long>> now = after.valuesByIdentity();
          before
              .valuesByIdentity()
              .forEach(
                  (sample, values) -> assertGrown(values, now.getOrDefault(sample, List.of())));
        }
      }
    }
  }

  @OnEachJdk
  void godeltaprof_twoScrapes_serveWhatIsNew(Java java) throws Exception {
    try (HttpAgent agent = HttpAgent.start(java)) {
      List<String> there = agent.listed();
      for (String name : List.of("heap", "mutex", "block")) {
        Scrape scrape = agent.get("delta_" + name);
        assertThat(scrape.status()).as(name).isEqualTo(there.contains(name) ? 200 : 404);
        if (there.contains(name)) {
          Scrape next = agent.get("delta_" + name);
          assertThat(next.sampleTypes()).isEqualTo(scrape.sampleTypes());
          next.valuesByIdentity()
              .values()
              .forEach(values -> assertThat(values).as(name).allMatch(value -> value >= 0));
        }
      }
    }
  }

  private static void assertGrown(List<Long> before, List<Long> after) {
    assertThat(after).hasSameSizeAs(before);
    // Of a heap profile, the last two are what is in use.
    for (int i = 0; i < 2; i++) {
      assertThat(after.get(i)).isGreaterThanOrEqualTo(before.get(i));
    }
  }
}
