package org.jvmpprof.benchmarks.http;

/** One frame of a stack that is made to order; the script generates many, each a class. */
public interface Step {
  /** Goes on with the next step of the path. */
  void run(Path path);
}
