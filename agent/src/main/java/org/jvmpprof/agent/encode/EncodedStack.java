package org.jvmpprof.agent.encode;

import org.jvmpprof.agent.stack.Stack;

/** A stack as it is in a profile. */
final class EncodedStack {
  /** It has no place among the others yet. */
  static final int NEW = -1;

  final Stack stack;

  /** The field of its places in a sample. */
  final byte[] places;

  /** Its place among the others, for {@link StackOrder}. */
  int place = NEW;

  EncodedStack(Stack stack, byte[] places) {
    this.stack = stack;
    this.places = places;
  }
}
