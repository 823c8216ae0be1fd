package org.jvmpprof.agent.threads;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jvmpprof.agent.stack.Frame;

/** The packages of the JDK's modules: a frame tells no module. */
final class JdkPackages {
  private static final Set<String> NAMES =
      ModuleLayer.boot().modules().stream()
          .filter(module -> JavaThreads.isJdkModule(module.getName()))
          .flatMap(module -> module.getPackages().stream())
          .collect(Collectors.toUnmodifiableSet());

  private JdkPackages() {}

  /** Whether all of a stack is the JDK's own code. */
  static boolean containAll(List<Frame> frames) {
    for (Frame frame : frames) {
      String file = frame.function().file();
      int slash = file.lastIndexOf('/');
      if (slash < 0 || !NAMES.contains(file.substring(0, slash).replace('/', '.'))) {
        return false;
      }
    }
    return true;
  }
}
