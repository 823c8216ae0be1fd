package org.jvmpprof.it;

import java.util.List;

/** What Alloy and Parca ask for by default. */
final class Routes {
  /** With less patience than theirs. */
  static final String CPU = "profile?seconds=2";

  static final List<String> OF_SCRAPERS = List.of(CPU, "allocs", "block", "mutex", "goroutine");

  private Routes() {}
}
