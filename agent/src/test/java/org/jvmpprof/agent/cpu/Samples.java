package org.jvmpprof.agent.cpu;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jvmpprof.agent.stack.Frame;

/** A sink that keeps everything. */
final class Samples implements CpuSink {
  record Sample(long epochNanos, long threadId, List<Frame> frames, long samples) {
    String leaf() {
      return frames.get(0).function().name();
    }

    String root() {
      return frames.get(frames.size() - 1).function().name();
    }

    boolean has(String function) {
      return frames.stream().anyMatch(frame -> frame.function().name().equals(function));
    }
  }

  private final Queue<Sample> all = new ConcurrentLinkedQueue<>();
  private final LongAdder lost = new LongAdder();

  @Override
  public void sample(long epochNanos, long threadId, List<Frame> frames, long samples) {
    all.add(new Sample(epochNanos, threadId, frames, samples));
  }

  @Override
  public void lost(long samples) {
    lost.add(samples);
  }

  long count(Predicate<Sample> which) {
    return all.stream().filter(which).mapToLong(Sample::samples).sum();
  }

  long countLost() {
    return lost.sum();
  }
}
