package org.jvmpprof.agent.control;

import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jvmpprof.agent.profile.Accumulator;
import org.jvmpprof.agent.profile.Labels;
import org.jvmpprof.agent.profile.ProfileSource;
import org.jvmpprof.agent.profile.ProfileType;
import org.jvmpprof.agent.profile.Row;
import org.jvmpprof.agent.profile.Snapshot;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.stack.Function;
import org.jvmpprof.agent.stack.Stack;
import org.jvmpprof.agent.stack.StackHolder;
import org.jvmpprof.agent.stack.StackTable;
import org.jvmpprof.agent.time.Ticker;

/**
 * A profile that an application keeps itself: values, each with the stack that added it. As in Go
 * they are held until they are removed. A resource that was closed by nobody but the garbage
 * collector is what such a profile is there to show.
 */
final class CustomProfile implements ProfileSource, StackHolder {
  private static final List<Frame> NO_STACK = List.of(new Frame(Function.LOST_EVENT, 0));

  private final ProfileType type;
  private final StackTable stacks;
  private final Ticker ticker;
  private final Map<Object, Stack> values = new ConcurrentHashMap<>();

  CustomProfile(String name, StackTable stacks, Ticker ticker) {
    this.type = ProfileType.counting(name);
    this.stacks = stacks;
    this.ticker = ticker;
  }

  @Override
  public ProfileType type() {
    return type;
  }

  /** Adds a value; false when it is there already. */
  boolean add(Object value, List<StackFrame> stack) {
    List<Frame> frames = new ArrayList<>(stack.size());
    for (StackFrame frame : stack) {
      Function function = Function.java(frame.getClassName(), frame.getMethodName());
      frames.add(new Frame(function, frame.getLineNumber()));
    }
    return values.putIfAbsent(value, stacks.intern(frames.isEmpty() ? NO_STACK : frames)) == null;
  }

  void remove(Object value) {
    values.remove(value);
  }

  @Override
  public long count() {
    return values.size();
  }

  @Override
  public Snapshot snapshot() {
    Accumulator counts = new Accumulator();
    values.values().forEach(stack -> counts.add(stack, Labels.NONE, 1, 0));
    List<Row> rows =
        counts.rows().stream()
            .map(row -> new Row(row.stack(), row.labels(), row.values().subList(0, 1)))
            .toList();
    return new Snapshot(type, 1, ticker.epochNanos(), 0, rows);
  }

  @Override
  public void forEachStack(Consumer<Stack> consumer) {
    values.values().forEach(consumer);
  }
}
