package org.jvmpprof.agent.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jvmpprof.agent.profile.Cumulative;
import org.jvmpprof.agent.profile.Labels;
import org.jvmpprof.agent.profile.ProfileRegistry;
import org.jvmpprof.agent.profile.ProfileType;
import org.jvmpprof.agent.profile.Row;
import org.jvmpprof.agent.profile.Sample;
import org.jvmpprof.agent.profile.Snapshot;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.stack.Function;
import org.jvmpprof.agent.stack.Stack;
import org.jvmpprof.agent.stack.StackTable;

/**
 * A profiler with a block profile, whose events arrive when somebody awaits them, and with CPU
 * collections of one sample each.
 */
final class FakeProfiler implements RunningProfiler, Rates {
  static final long NOW = 1_700_000_000_000_000_000L;

  final StackTable stacks = new StackTable(100, 1000);
  final ProfileRegistry registry = new ProfileRegistry();
  final CustomProfiles custom = new CustomProfiles(registry, stacks, () -> NOW);
  boolean cpuOff;
  boolean interruptsFinish;
  int openCollections;

  private final Cumulative block = new Cumulative(ProfileType.BLOCK, () -> NOW);
  private final List<Sample> onTheirWay = new ArrayList<>();
  private long blockNanos = 10_000;
  private int mutexFraction = 10;
  private long heapBytes;

  FakeProfiler() {
    registry.add(block);
  }

  void blocked(Function where, long count) {
    onTheirWay.add(new Sample(NOW, stack(where), Labels.NONE, count, 1000));
  }

  Stack stack(Function leaf) {
    return stacks.intern(List.of(new Frame(leaf, 1)));
  }

  @Override
  public String application() {
    return "app.jar";
  }

  @Override
  public Stack stackOf(Function function) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ProfileRegistry profiles() {
    return registry;
  }

  @Override
  public void awaitEvents() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    onTheirWay.forEach(block::add);
    onTheirWay.clear();
  }

  @Override
  public Optional<CpuCollection> collectCpu() {
    if (cpuOff) {
      return Optional.empty();
    }
    openCollections++;
    return Optional.of(new OneSample());
  }

  @Override
  public Rates rates() {
    return this;
  }

  @Override
  public long blockNanos() {
    return blockNanos;
  }

  @Override
  public void setBlockNanos(long nanos) {
    blockNanos = Math.max(nanos, 0);
  }

  @Override
  public int mutexFraction() {
    return mutexFraction;
  }

  @Override
  public void setMutexFraction(int fraction) {
    mutexFraction = fraction < 0 ? mutexFraction : fraction;
  }

  @Override
  public long heapBytes() {
    return heapBytes;
  }

  @Override
  public void setHeapBytes(long bytes) {
    heapBytes = Math.max(bytes, 0);
  }

  private final class OneSample implements CpuCollection {
    @Override
    public Snapshot finish() throws InterruptedException {
      if (Thread.interrupted() || interruptsFinish) {
        throw new InterruptedException();
      }
      Row row = new Row(stack(Function.named("busy")), Labels.NONE, List.of(1L, 10_000_000L));
      return new Snapshot(ProfileType.CPU, 10_000_000, NOW, 1000, List.of(row));
    }

    @Override
    public void close() {
      openCollections--;
    }
  }
}
