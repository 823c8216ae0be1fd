package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the docs say is served, asked of a running agent. */
class DocsIT {
  /** Below {@code /debug/pprof/}; what goes on with an ellipsis is no route. */
  private static final Pattern ROUTE = Pattern.compile("/debug/pprof/(\\w*+(?!…)(?:\\?[\\w=&]+)?)");

  private static final Pattern SECONDS = Pattern.compile("seconds=\\w+");

  /** As Pyroscope names its types: profile, sample type and unit, period type and unit. */
  private static final Pattern TYPE = Pattern.compile("`(\\w+):(\\w+):(\\w+):(\\w+):(\\w+)`");

  private static final Map<String, String> ROUTES_OF_TYPES =
      Map.of("process_cpu", "profile?seconds=1", "memory", "allocs");

  @OnEachJdk
  void routes_inTheDocs_areServed(Java java) throws Exception {
    HeapLibrary.assumeBuilt();
    Set<String> routes = new TreeSet<>();
    for (Path page : Docs.pages()) {
      ROUTE
          .matcher(Files.readString(page))
          .results()
          .map(match -> inASecond(match.group(1)))
          .forEach(routes::add);
    }
    assertThat(routes)
        .containsAll(Set.of("", "allocs", "block", "delta_heap", "profile?seconds=1"));
    try (HttpAgent agent = HttpAgent.start(java)) {
      for (String route : routes) {
        assertThat(agent.get(route).status()).as(route).isEqualTo(200);
      }
    }
  }

  private static String inASecond(String route) {
    return route.equals("profile")
        ? "profile?seconds=1"
        : SECONDS.matcher(route).replaceAll("seconds=1");
  }

  @OnEachJdk
  void pyroscopeTypes_inTheDocs_areThoseOfTheAnswers(Java java) throws Exception {
    HeapLibrary.assumeBuilt();
    Map<String, Set<String>> types =
        TYPE.matcher(Files.readString(Docs.page("scraping")))
            .results()
            .collect(
                Collectors.groupingBy(
                    match -> match.group(1), Collectors.mapping(DocsIT::type, Collectors.toSet())));
    assertThat(types)
        .containsOnlyKeys("process_cpu", "memory", "block", "mutex", "goroutine", "threadcreate");
    try (HttpAgent agent = HttpAgent.start(java)) {
      for (Map.Entry<String, Set<String>> profile : types.entrySet()) {
        String name = profile.getKey();
        assertThat(profile.getValue())
            .as(name)
            .isEqualTo(types(agent.get(ROUTES_OF_TYPES.getOrDefault(name, name))));
      }
    }
  }

  /** E.g. {@code delay/nanoseconds of contentions/count}. */
  private static String type(MatchResult match) {
    return match.group(2) + '/' + match.group(3) + " of " + match.group(4) + '/' + match.group(5);
  }

  private static Set<String> types(Scrape scrape) throws IOException {
    String period = scrape.periodType();
    return scrape.sampleTypes().stream()
        .map(type -> type + " of " + period)
        .collect(Collectors.toSet());
  }
}
