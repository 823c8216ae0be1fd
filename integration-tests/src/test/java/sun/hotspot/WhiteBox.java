package sun.hotspot;

import java.lang.reflect.Executable;
import org.jvmpprof.it.programs.JitCompiler;

/**
 * HotSpot's interface for its own tests, as of JDK 19 and earlier: by this name the JVM finds it,
 * with {@code -XX:+WhiteBoxAPI}, on the boot class path.
 */
public final class WhiteBox implements JitCompiler {
  static {
    registerNatives();
  }

  private static native void registerNatives();

  private native boolean isMethodCompilable0(Executable method, int level, boolean osr);

  private native boolean enqueueMethodForCompilation0(Executable method, int level, int bci);

  @Override
  public boolean compile(Executable method, int level) {
    enqueueMethodForCompilation0(method, level, -1);
    return isMethodCompilable0(method, level, false);
  }
}
