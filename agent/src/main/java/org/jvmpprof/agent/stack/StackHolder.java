package org.jvmpprof.agent.stack;

import java.util.function.Consumer;

/** Whoever keeps stacks, and so wants them to stay in the {@link StackTable}. */
public interface StackHolder {
  /** Gives each stack that is held to the consumer; the same one may come more than once. */
  void forEachStack(Consumer<Stack> consumer);
}
