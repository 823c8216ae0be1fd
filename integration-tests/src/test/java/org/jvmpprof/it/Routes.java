package org.jvmpprof.it;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What Alloy and Parca ask for by default. */
final class Routes {
  /** With less patience than theirs. */
  static final String CPU = "profile?seconds=2";

  private static final List<String> NAMED = List.of("allocs", "block", "mutex", "goroutine");

  private Routes() {}

  /** Those that the agent has. */
  static List<String> ofScrapers(HttpAgent agent) throws IOException, InterruptedException {
    List<String> routes = new ArrayList<>(List.of(CPU));
    List<String> listed = agent.listed();
    NAMED.stream().filter(listed::contains).forEach(routes::add);
    return routes;
  }
}
