package org.jvmpprof.agent.control;

import java.io.OutputStream;
import java.lang.StackWalker.StackFrame;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Answers the calls of the Java API, by name. Arguments and results are of types of the JDK only,
 * because the caller is in another class loader, and there may be several. What an application did
 * wrong is an IllegalArgumentException or IllegalStateException. Thread-safe.
 */
public final class ApiCalls implements BiFunction<String, Object[], @Nullable Object> {
  private final Rates rates;
  private final NamedProfiles profiles;
  private final CustomProfiles custom;
  private final CpuProfile<OutputStream> cpu;

  /** Answers for this profiler. */
  public ApiCalls(RunningProfiler profiler, CustomProfiles custom) {
    this.rates = profiler.rates();
    this.profiles = new NamedProfiles(profiler);
    this.custom = custom;
    this.cpu = new CpuProfile<>(profiler);
  }

  @Override
  @SuppressWarnings("unchecked") // The api passes these types.
  public @Nullable Object apply(String name, Object[] arguments) {
    Object result = null;
    switch (name) {
      case "startCpuProfile" -> cpu.start((OutputStream) arguments[0]);
      case "stopCpuProfile" -> result = stopCpuProfile();
      case "profiles" -> result = profiles.names();
      case "newProfile" -> custom.create((String) arguments[0]);
      case "count" -> result = profiles.count((String) arguments[0]);
      case "write" -> result = profiles.bytes((String) arguments[0], (Integer) arguments[1]);
      case "add" ->
          custom.add((String) arguments[0], arguments[1], (List<StackFrame>) arguments[2]);
      case "remove" -> custom.remove((String) arguments[0], arguments[1]);
      case "setBlockProfileRate" -> rates.setBlockNanos((Long) arguments[0]);
      case "setMutexProfileFraction" -> result = setMutexFraction((Integer) arguments[0]);
      case "setMemProfileRate" -> rates.setHeapBytes((Long) arguments[0]);
      default ->
          throw new UnsupportedOperationException("the api is newer than the agent: " + name);
    }
    return result;
  }

  /** The stream is written to by the caller, so that what it throws goes where it belongs. */
  private @Nullable Entry<OutputStream, byte[]> stopCpuProfile() {
    return cpu.stop()
        .map(profile -> Map.entry(profile.getKey(), profiles.proto(profile.getValue())))
        .orElse(null);
  }

  private synchronized int setMutexFraction(int fraction) {
    int previous = rates.mutexFraction();
    rates.setMutexFraction(fraction);
    return previous;
  }
}
