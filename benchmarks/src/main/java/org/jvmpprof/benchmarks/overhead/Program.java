package org.jvmpprof.benchmarks.overhead;

import java.util.List;
import java.util.Locale;

/** What runs under the tools. */
enum Program {
  COMPUTING,
  DATABASE,
  HELLO,
  SPRING_BOOT,
  MONITOR,
  LOCK;

  /* A heap that is all there from the start: its growth would hide what the tools need. */
  private static final List<String> HEAP = List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch");

  /** What tables and command lines call it. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether its threads contend for one lock. */
  boolean contends() {
    return this == MONITOR || this == LOCK;
  }

  /** Its command line after the class path. */
  List<String> arguments(OverheadOptions options) {
    return switch (this) {
      case HELLO -> List.of(Hello.class.getName());
      case SPRING_BOOT -> List.of("org.jvmpprof.benchmarks.spring.ShopApplication");
      case COMPUTING, DATABASE, MONITOR, LOCK ->
          List.of(
              Load.class.getName(),
              label(),
              Long.toString(options.warmupNanos()),
              Long.toString(options.measuredNanos()));
    };
  }

  /** Its JVM options beside the tool's. */
  List<String> jvmOptions() {
    return ends() ? List.of() : HEAP;
  }

  /** Whether it says hello and ends; the others go on until they are told to. */
  boolean ends() {
    return this == HELLO || this == SPRING_BOOT;
  }
}
