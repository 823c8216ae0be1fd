package org.jvmpprof.benchmarks;

import java.util.List;
import java.util.stream.IntStream;
import org.jvmpprof.agent.event.Event;
import org.jvmpprof.agent.profile.Labels;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.stack.Function;

/** Events such as a CPU sampler makes. */
final class Samples {
  private static final int DEPTH = 40;
  private static final long PERIOD_NANOS = 10_000_000;

  private Samples() {}

  /** One sample of a stack of 40 frames. */
  static Event event() {
    return new Event(0, frames(0), Labels.NONE, 1, PERIOD_NANOS);
  }

  /**
   * A stack of 40 frames, anew each time: equal to the one before and sharing no object with it, as
   * the samplers deliver them.
   *
   * @param number stacks of different numbers differ in the ten frames at the leaf
   */
  static List<Frame> frames(int number) {
    return IntStream.range(0, DEPTH).mapToObj(i -> frame(i < 10 ? number : 0, i)).toList();
  }

  private static Frame frame(int variant, int depth) {
    String className = "org.example.service" + variant + ".Handler" + depth;
    return new Frame(Function.java(className, "handle" + depth), 10 * depth + variant);
  }
}
