package org.jvmpprof.agent.options;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.options.AgentOptions.CpuEngine;
import org.jvmpprof.agent.options.AgentOptions.MonitorEvents;

/** All keys. docs/options.md shows the same table. */
final class OptionTable {
  private static final String DURATION = ": a number with ns, us, ms, s, m, h or d";
  private static final String SIZE = ": bytes, or a number with k, m or g";
  private static final String PREFIXES = "class name prefixes joined with \":\"; empty for ";
  private static final long MEBIBYTE = 1L << 20;
  private static final long TEBIBYTE = 1L << 40;

  static final Option<Optional<Path>> DIR =
      new Option<>(
          "dir",
          "pprof",
          "a path; empty for no files",
          "directory that profiles go to, from the working directory; by default none if `http` is on",
          "/var/log/pprof",
          ValueReader.path());

  static final Option<Integer> CPU =
      new Option<>(
          "cpu",
          "100",
          "0 (off) to 1000 samples per second of CPU time",
          "rate of the CPU profile",
          "250",
          ValueReader.number(0, 1000));

  static final Option<Duration> BLOCK =
      new Option<>(
          "block",
          "10us",
          "0 (off), or a duration from 1ns to 24h" + DURATION,
          "waits of at least this are always in the block profile, shorter ones by chance; 1ns is every wait",
          "1ms",
          ValueReader.duration(Duration.ZERO, Duration.ofHours(24)));

  static final Option<Integer> MUTEX =
      new Option<>(
          "mutex",
          "10",
          "0 (off) to 1000000",
          "one in so many contended releases is in the mutex profile",
          "1",
          ValueReader.number(0, 1_000_000));

  static final Option<Long> HEAP =
      new Option<>(
          "heap",
          "512k",
          "0 (off), or a size up to 1024g" + SIZE,
          "mean bytes between two allocation samples",
          "2m",
          ValueReader.size(0, TEBIBYTE));

  static final Option<Boolean> HEAP_CLASSES =
      new Option<>(
          "heap-classes",
          "on",
          "on or off",
          "whether the heap profile tells the classes of objects, as label `class`",
          "off",
          ValueReader.onOff());

  static final Option<Optional<String>> HTTP =
      new Option<>(
          "http",
          "off",
          "off, PORT, HOST:PORT or [IPV6]:PORT with a port from 0 (any that is free) to 65535",
          "where profiles are served; a port alone listens on loopback",
          "6060",
          ValueReader.address());

  static final Option<Optional<Path>> TOKEN_FILE =
      new Option<>(
          "token-file",
          "",
          "a path; empty for no token",
          "file with the bearer token that each HTTP request must carry; needed unless on loopback",
          "/run/secrets/pprof",
          ValueReader.path());

  static final Option<Duration> ROTATE =
      new Option<>(
          "rotate",
          "60s",
          "a duration from 1s to 365d" + DURATION,
          "time that one file covers",
          "5m",
          ValueReader.duration(Duration.ofSeconds(1), Duration.ofDays(365)));

  static final Option<Duration> KEEP =
      new Option<>(
          "keep",
          "24h",
          "a duration from 1s to 3650d" + DURATION,
          "age at which files are deleted; at least `rotate` counts",
          "7d",
          ValueReader.duration(Duration.ofSeconds(1), Duration.ofDays(3650)));

  static final Option<Long> MAX_SIZE =
      new Option<>(
          "max-size",
          "1g",
          "a size from 1m to 1024g" + SIZE,
          "size of all files together above which the oldest are deleted",
          "200m",
          ValueReader.size(MEBIBYTE, TEBIBYTE));

  static final Option<CpuEngine> CPU_ENGINE =
      new Option<>(
          "cpu-engine",
          "auto",
          "auto, jfr, async or timer",
          "which CPU sampler",
          "timer",
          ValueReader.word(CpuEngine.class));

  static final Option<List<String>> INCLUDE =
      new Option<>(
          "include",
          "",
          PREFIXES + "all",
          "classes to instrument",
          "com.acme.:org.example.shop.",
          ValueReader.prefixes());

  static final Option<List<String>> EXCLUDE =
      new Option<>(
          "exclude",
          "",
          PREFIXES + "none",
          "classes not to instrument, even if included",
          "com.acme.generated.",
          ValueReader.prefixes());

  static final Option<List<String>> IDLE =
      new Option<>(
          "idle",
          "",
          "names of methods, as pkg.Class.method, joined with \":\"; empty for none",
          "where workers wait for work, beside the known places: those waits are labelled `idle`",
          "com.acme.Worker.awaitJob",
          ValueReader.prefixes());

  static final Option<MonitorEvents> MONITOR_EVENTS =
      new Option<>(
          "monitor-events",
          "auto",
          "auto, on or off",
          "use JFR for waits at monitors that cannot be instrumented; auto: once there are some",
          "off",
          ValueReader.word(MonitorEvents.class));

  static final Option<AgentLog.Level> LOG =
      new Option<>(
          "log",
          "info",
          "off, error, info or debug",
          "how much goes to standard error",
          "error",
          ValueReader.word(AgentLog.Level.class));

  static final List<Option<?>> ALL =
      List.of(
          DIR,
          CPU,
          BLOCK,
          MUTEX,
          HEAP,
          HEAP_CLASSES,
          HTTP,
          TOKEN_FILE,
          ROTATE,
          KEEP,
          MAX_SIZE,
          CPU_ENGINE,
          INCLUDE,
          EXCLUDE,
          IDLE,
          MONITOR_EVENTS,
          LOG);

  private OptionTable() {}
}
