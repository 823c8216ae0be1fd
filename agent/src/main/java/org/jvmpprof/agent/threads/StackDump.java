package org.jvmpprof.agent.threads;

import java.util.List;
import java.util.function.BiConsumer;
import org.jvmpprof.agent.stack.Frame;

/**
 * A way to the stacks of all platform threads, where there is a cheap one. Those that run are seen
 * at one instant, the others a moment before.
 */
@FunctionalInterface
public interface StackDump {
  /** There is none. */
  StackDump NONE = visitor -> false;

  /**
   * Visits each thread with its frames, leaf first. Equal stacks are one list, also from one dump
   * to the next.
   *
   * @return false when there is no way to at present, and nothing was visited
   */
  boolean forEach(BiConsumer<Thread, List<Frame>> visitor);
}
