package org.jvmpprof.it.programs;

/** One way in which a thread waits for another. */
interface Wait {
  /** Waits; the stack of every wait has the implementing class's {@code block}. */
  void block() throws Exception;

  /** Ends the next {@link #block}, which happens meanwhile. */
  void end(Runnable meanwhile) throws Exception;
}
