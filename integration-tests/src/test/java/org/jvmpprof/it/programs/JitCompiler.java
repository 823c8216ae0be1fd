package org.jvmpprof.it.programs;

import java.lang.reflect.Executable;

/** Lets the JVM compile single methods. */
public interface JitCompiler {
  /**
   * Compiles a method.
   *
   * @param level 1 for C1, 4 for C2
   * @return false when the compiler refuses it for ever
   */
  boolean compile(Executable method, int level);
}
