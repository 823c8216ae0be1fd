package org.jvmpprof.agent.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.options.AgentOptions.CpuEngine;

/** What each key takes. */
@NullMarked
class OptionValuesTest {
  static List<Arguments> rightValues() {
    return List.of(
        value("dir=/var/p", AgentOptions::dir, Path.of("/var/p").toAbsolutePath()),
        value("dir=p/q", AgentOptions::dir, Path.of("p", "q").toAbsolutePath()),
        value("dir=a=b", AgentOptions::dir, Path.of("a=b").toAbsolutePath()),
        value("dir=", AgentOptions::dir, null),
        value("cpu=0", AgentOptions::cpuHz, 0),
        value("cpu=1", AgentOptions::cpuHz, 1),
        value("cpu=1000", AgentOptions::cpuHz, 1000),
        value("block=0", AgentOptions::blockThreshold, Duration.ZERO),
        value("block=0ns", AgentOptions::blockThreshold, Duration.ZERO),
        value("block=1ns", AgentOptions::blockThreshold, Duration.ofNanos(1)),
        value("block=20us", AgentOptions::blockThreshold, Duration.ofNanos(20_000)),
        value("block=100ms", AgentOptions::blockThreshold, Duration.ofMillis(100)),
        value("block=24h", AgentOptions::blockThreshold, Duration.ofHours(24)),
        value("mutex=0", AgentOptions::mutexFraction, 0),
        value("mutex=1", AgentOptions::mutexFraction, 1),
        value("mutex=1000000", AgentOptions::mutexFraction, 1_000_000),
        value("heap=0", AgentOptions::heapBytes, 0L),
        value("heap=1", AgentOptions::heapBytes, 1L),
        value("heap=64K", AgentOptions::heapBytes, 64L * 1024),
        value("heap=1024G", AgentOptions::heapBytes, 1L << 40),
        value("heap-classes=on", AgentOptions::heapClasses, true),
        value("heap-classes=OFF", AgentOptions::heapClasses, false),
        value("http=off", AgentOptions::http, null),
        value("http=OFF", AgentOptions::http, null),
        value("http=0", AgentOptions::http, "0"),
        value("http=65535", AgentOptions::http, "65535"),
        value("http=localhost:6060", AgentOptions::http, "localhost:6060"),
        value("http=0.0.0.0:6060", AgentOptions::http, "0.0.0.0:6060"),
        value("http=[::1]:6060", AgentOptions::http, "[::1]:6060"),
        value("http=[fe80::1%eth0]:6060", AgentOptions::http, "[fe80::1%eth0]:6060"),
        value("token-file=t", AgentOptions::tokenFile, Path.of("t").toAbsolutePath()),
        value("token-file=", AgentOptions::tokenFile, null),
        value("rotate=1s", AgentOptions::rotate, Duration.ofSeconds(1)),
        value("rotate=1000MS", AgentOptions::rotate, Duration.ofSeconds(1)),
        value("rotate=5m", AgentOptions::rotate, Duration.ofMinutes(5)),
        value("rotate=365d", AgentOptions::rotate, Duration.ofDays(365)),
        value("keep=2h", AgentOptions::keep, Duration.ofHours(2)),
        value("keep=3650d", AgentOptions::keep, Duration.ofDays(3650)),
        value("max-size=1m", AgentOptions::maxSizeBytes, 1L << 20),
        value("max-size=1048576", AgentOptions::maxSizeBytes, 1L << 20),
        value("max-size=1024g", AgentOptions::maxSizeBytes, 1L << 40),
        value("cpu-engine=auto", AgentOptions::cpuEngine, CpuEngine.AUTO),
        value("cpu-engine=jfr", AgentOptions::cpuEngine, CpuEngine.JFR),
        value("cpu-engine=async", AgentOptions::cpuEngine, CpuEngine.ASYNC),
        value("cpu-engine=Timer", AgentOptions::cpuEngine, CpuEngine.TIMER),
        value("include=com", AgentOptions::include, List.of("com")),
        value("include=a.b. : $x.Y_1", AgentOptions::include, List.of("a.b.", "$x.Y_1")),
        value("include=p.\ud835\udc65", AgentOptions::include, List.of("p.\ud835\udc65")),
        value("include=", AgentOptions::include, List.of()),
        value("exclude=größe.", AgentOptions::exclude, List.of("größe.")),
        value("log=off", AgentOptions::log, AgentLog.Level.OFF),
        value("log=DEBUG", AgentOptions::log, AgentLog.Level.DEBUG));
  }

  private static Arguments value(
      String argument, Function<AgentOptions, @Nullable Object> part, @Nullable Object wanted) {
    return Arguments.of(argument, part, wanted);
  }

  @ParameterizedTest
  @MethodSource("rightValues")
  void parse_rightValue_isInForce(
      String argument, Function<AgentOptions, Object> part, @Nullable Object wanted) {
    ParsedOptions parsed = OptionsParser.parse(argument, new Properties(), null);

    assertThat(parsed.problems()).isEmpty();
    assertThat(part.apply(parsed.options())).isEqualTo(wanted);
    assertThat(parsed.given()).containsExactly(argument.substring(0, argument.indexOf('=')));
  }
}
