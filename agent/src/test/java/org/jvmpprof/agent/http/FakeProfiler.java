package org.jvmpprof.agent.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jvmpprof.agent.control.CpuCollection;
import org.jvmpprof.agent.control.Rates;
import org.jvmpprof.agent.control.RunningProfiler;
import org.jvmpprof.agent.profile.Labels;
import org.jvmpprof.agent.profile.ProfileRegistry;
import org.jvmpprof.agent.profile.ProfileSource;
import org.jvmpprof.agent.profile.ProfileType;
import org.jvmpprof.agent.profile.Row;
import org.jvmpprof.agent.profile.Snapshot;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.stack.Function;
import org.jvmpprof.agent.stack.Stack;
import org.jvmpprof.agent.stack.StackTable;

/** A profiler whose profiles are what a test says. */
final class FakeProfiler implements RunningProfiler {
  static final Rates NO_RATES = new FixedRates();

  final StackTable stacks = new StackTable(1000, 1000);
  final AtomicInteger snapshots = new AtomicInteger();
  final AtomicInteger openCollections = new AtomicInteger();
  private final ProfileRegistry registry = new ProfileRegistry();
  private final Map<ProfileType, List<Row>> rows = new ConcurrentHashMap<>();
  private final AtomicLong epochNanos = new AtomicLong(1_000_000_000);
  volatile boolean cpuOn = true;

  /** Adds an empty profile. */
  FakeProfiler with(ProfileType type) {
    rows.put(type, List.of());
    registry.add(new Fake(type));
    return this;
  }

  /** Adds any profile. */
  FakeProfiler with(ProfileSource source) {
    registry.add(source);
    return this;
  }

  /** Sets the values of a row. */
  void set(ProfileType type, String function, Long... values) {
    Stack stack = stack(function);
    List<Row> changed = new ArrayList<>(rows.getOrDefault(type, List.of()));
    changed.removeIf(row -> row.stack().equals(stack));
    changed.add(new Row(stack, Labels.NONE, List.of(values)));
    rows.put(type, changed);
  }

  /** Sets all rows. */
  void set(ProfileType type, List<Row> all) {
    rows.put(type, all);
  }

  Stack stack(String function) {
    return stacks.intern(List.of(new Frame(Function.java("com.acme.Main", function), 7)));
  }

  @Override
  public String application() {
    return "com.acme.Main";
  }

  @Override
  public List<String> memoryStatistics() {
    return List.of("", "# runtime.MemStats");
  }

  @Override
  public Optional<String> functionAt(long address) {
    return stacks.functionAt(address);
  }

  @Override
  public Stack stackOf(Function function) {
    return stacks.intern(List.of(new Frame(function, 0)));
  }

  @Override
  public ProfileRegistry profiles() {
    return registry;
  }

  @Override
  public void awaitEvents() {
    epochNanos.addAndGet(1_000_000);
  }

  @Override
  public Optional<CpuCollection> collectCpu() {
    if (!cpuOn) {
      return Optional.empty();
    }
    openCollections.incrementAndGet();
    return Optional.of(new FakeCollection());
  }

  @Override
  public Rates rates() {
    return NO_RATES;
  }

  private final class Fake implements ProfileSource {
    private final ProfileType type;

    Fake(ProfileType type) {
      this.type = type;
    }

    @Override
    public ProfileType type() {
      return type;
    }

    @Override
    public Snapshot snapshot() {
      Snapshot now = new Snapshot(type, 1, epochNanos.get(), 0, rows.getOrDefault(type, List.of()));
      snapshots.incrementAndGet();
      return now;
    }
  }

  private final class FakeCollection implements CpuCollection {
    @Override
    public Snapshot finish() {
      return new Snapshot(
          ProfileType.CPU,
          10_000_000,
          epochNanos.get(),
          1,
          rows.getOrDefault(ProfileType.CPU, List.of()));
    }

    @Override
    public void close() {
      openCollections.decrementAndGet();
    }
  }

  private static final class FixedRates implements Rates {
    @Override
    public long blockNanos() {
      return 1;
    }

    @Override
    public void setBlockNanos(long nanos) {}

    @Override
    public int mutexFraction() {
      return 10;
    }

    @Override
    public void setMutexFraction(int fraction) {}

    @Override
    public long heapBytes() {
      return 512 << 10;
    }

    @Override
    public void setHeapBytes(long bytes) {}
  }
}
