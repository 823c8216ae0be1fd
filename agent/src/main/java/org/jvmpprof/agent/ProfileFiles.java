package org.jvmpprof.agent;

import org.jvmpprof.agent.profile.EventSink;
import org.jvmpprof.agent.profile.ProfileType;
import org.jvmpprof.agent.stack.Stack;
import org.jvmpprof.agent.stack.StackTable;
import org.jvmpprof.agent.store.SegmentWriter;

/** Sends the CPU profile's events to its files, and forgets stacks that no open file has. */
final class ProfileFiles implements EventSink {
  private final SegmentWriter cpu;
  private final StackTable stacks;

  ProfileFiles(SegmentWriter cpu, StackTable stacks) {
    this.cpu = cpu;
    this.stacks = stacks;
  }

  @Override
  public void add(ProfileType type, long epochNanos, Stack stack, long count, long amount) {
    cpu.add(epochNanos, stack, count, amount);
  }

  @Override
  public void flush() {
    if (cpu.flush()) {
      stacks.sweep(cpu::contains);
    }
  }

  void close() {
    cpu.close();
  }
}
