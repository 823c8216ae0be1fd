package org.jvmpprof.agent.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.TreeMap;
import org.jvmpprof.agent.profile.Snapshot;

/** Answers JMX. It throws types of the JDK only, which a client can read. Thread-safe. */
public final class ProfilerControl implements ProfilerMXBean {
  private static final String PROPERTY = "jvmpprof.";
  private static final String RUNNING = PROPERTY + "running.";

  private final Rates rates;
  private final NamedProfiles profiles;
  private final CpuProfile<Path> cpu;

  /** Controls this profiler. */
  public ProfilerControl(RunningProfiler profiler) {
    this.rates = profiler.rates();
    this.profiles = new NamedProfiles(profiler);
    this.cpu = new CpuProfile<>(profiler);
  }

  @Override
  public Map<String, String> getStatus() {
    Map<String, String> status = new TreeMap<>();
    // What the attaching command reads too.
    for (String property : System.getProperties().stringPropertyNames()) {
      if (property.startsWith(RUNNING) || property.equals(PROPERTY + "version")) {
        status.put(
            property.replace(RUNNING, "").replace(PROPERTY, ""), System.getProperty(property, ""));
      }
    }
    status.put("block", orOff(rates.blockNanos(), " ns and longer"));
    status.put("mutex", rates.mutexFraction() == 0 ? "off" : "one in " + rates.mutexFraction());
    status.putIfAbsent("heap", orOff(rates.heapBytes(), " bytes"));
    profiles.lost().forEach((name, count) -> status.put("lost in " + name, count.toString()));
    return status;
  }

  private static String orOff(long value, String unit) {
    return value == 0 ? "off" : value + unit;
  }

  @Override
  public List<String> getProfiles() {
    return profiles.names();
  }

  @Override
  public void dump(String profile, String file) throws IOException {
    Files.write(Path.of(file), profiles.bytes(profile, 0), StandardOpenOption.CREATE_NEW);
  }

  @Override
  public void startCpuProfile(String file) throws IOException {
    // Made now: that it cannot be made is better known before the profile is there.
    Path empty = Files.createFile(Path.of(file).toAbsolutePath());
    try {
      cpu.start(empty);
    } catch (IllegalStateException e) {
      Files.delete(empty);
      throw e;
    }
  }

  @Override
  public void stopCpuProfile() throws IOException {
    Optional<Entry<Path, Snapshot>> profile;
    try {
      profile = cpu.stop();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (profile.isPresent()) {
      Files.write(profile.get().getKey(), profiles.proto(profile.get().getValue()));
    }
  }

  @Override
  public long getBlockNanos() {
    return rates.blockNanos();
  }

  @Override
  public void setBlockNanos(long nanos) {
    rates.setBlockNanos(nanos);
  }

  @Override
  public int getMutexFraction() {
    return rates.mutexFraction();
  }

  @Override
  public void setMutexFraction(int fraction) {
    rates.setMutexFraction(fraction);
  }

  @Override
  public long getHeapBytes() {
    return rates.heapBytes();
  }

  @Override
  public void setHeapBytes(long bytes) {
    rates.setHeapBytes(bytes);
  }
}
