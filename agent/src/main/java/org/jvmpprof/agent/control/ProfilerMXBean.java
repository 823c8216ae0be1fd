package org.jvmpprof.agent.control;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The profiler to JMX, as {@value #NAME}. Files are written by the profiled JVM, with its rights; a
 * relative name is taken from its working directory, and a file that exists is never overwritten.
 */
public interface ProfilerMXBean {
  /** The name that it is registered by. */
  String NAME = "org.jvmpprof:type=Profiler";

  /** What runs and where profiles go, for people; keys and values may change. */
  Map<String, String> getStatus();

  /** The names that {@link #dump} takes, sorted. */
  List<String> getProfiles();

  /** Writes a profile as of now, as a gzip-compressed protocol buffer. */
  void dump(String profile, String file) throws IOException;

  /**
   * Begins to collect CPU samples, beside the agent's own files and whoever else does.
   *
   * @param file takes them when they are stopped
   */
  void startCpuProfile(String file) throws IOException;

  /** Ends what {@link #startCpuProfile} began and writes it; does nothing when nothing was. */
  void stopCpuProfile() throws IOException;

  /** Waits of at least so long are always recorded; 0 is off. */
  long getBlockNanos();

  /** Sets {@link #getBlockNanos}; what is not positive is off. */
  void setBlockNanos(long nanos);

  /** One in so many contended releases is recorded; 0 is off. */
  int getMutexFraction();

  /** Sets {@link #getMutexFraction}; a negative one is ignored. */
  void setMutexFraction(int fraction);

  /** Mean bytes between two allocation samples; 0 is off. */
  long getHeapBytes();

  /** Sets {@link #getHeapBytes}; what is not positive is off. */
  void setHeapBytes(long bytes);
}
