package org.jvmpprof.agent.options;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.log.AgentLog;

/**
 * What a user can set, with the defaults of the option table in docs/options.md.
 *
 * @param dir where profiles go; null for nowhere
 * @param cpuHz samples per second of CPU time; 0 is off
 * @param blockThreshold waits of at least this are always recorded; zero is off
 * @param mutexFraction one in so many contended releases is recorded; 0 is off
 * @param heapBytes mean bytes between two allocation samples; 0 is off
 * @param heapClasses whether allocation samples tell the object's class
 * @param http {@code port} or {@code host:port}; null is off
 * @param tokenFile holds the bearer token of HTTP requests; null for none
 * @param rotate the span of one file
 * @param keep how long files are kept
 * @param maxSizeBytes how much all files together may take
 * @param cpuEngine which CPU sampler
 * @param include class name prefixes to instrument; empty is all
 * @param exclude class name prefixes not to instrument
 * @param idle methods in which workers wait for work, beside those that are known
 * @param monitorEvents whether the JVM's own monitor events are used
 * @param log how much is printed
 */
public record AgentOptions(
    @Nullable Path dir,
    int cpuHz,
    Duration blockThreshold,
    int mutexFraction,
    long heapBytes,
    boolean heapClasses,
    @Nullable String http,
    @Nullable Path tokenFile,
    Duration rotate,
    Duration keep,
    long maxSizeBytes,
    CpuEngine cpuEngine,
    List<String> include,
    List<String> exclude,
    List<String> idle,
    MonitorEvents monitorEvents,
    AgentLog.Level log) {

  /** Whether JDK Flight Recorder tells of waits for monitors that cannot be instrumented. */
  public enum MonitorEvents {
    /** As soon as there seem to be such waits. */
    AUTO,
    /** From the beginning. */
    ON,
    /** Never. */
    OFF
  }

  /** Which CPU sampler the user wants. */
  public enum CpuEngine {
    /** The best that works here. */
    AUTO,
    /** JDK Flight Recorder's CPU-time sampler, JDK 25 and later. */
    JFR,
    /** async-profiler. */
    ASYNC,
    /** Java threads' CPU clocks; works everywhere, biased to safepoints. */
    TIMER
  }
}
