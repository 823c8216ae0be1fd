package org.jvmpprof.agent.stack;

/**
 * One frame of a stack.
 *
 * @param function what ran
 * @param line where in its file; 0 where not known
 */
public record Frame(Function function, int line) {
  /** A frame as the JDK tells it. */
  public static Frame of(StackTraceElement element) {
    Function function = Function.java(element.getClassName(), element.getMethodName());
    return new Frame(function, Math.max(0, element.getLineNumber()));
  }

  // What the compiler makes for a record is linked at run time, for milliseconds of start-up.
  @Override
  public boolean equals(Object other) {
    return other instanceof Frame frame && line == frame.line && function.equals(frame.function);
  }

  @Override
  public int hashCode() {
    return 31 * function.hashCode() + line;
  }
}
