package org.jvmpprof.agent.cpu;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * What the JVM says of its process.
 *
 * @param processNanos CPU time of the whole process
 * @param threadNanos CPU time of the calling thread
 * @param threads how many Java threads there are
 * @param maxFiles how many file descriptors the process may have
 */
record ProcessMeter(
    LongSupplier processNanos,
    LongSupplier threadNanos,
    IntSupplier threads,
    LongSupplier maxFiles) {

  /** The JVM's own figures; without the module jdk.management, zeros and the wall clock. */
  static ProcessMeter system() {
    try {
      OperatingSystemMXBean process =
          ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      return new ProcessMeter(
          process::getProcessCpuTime,
          threads::getCurrentThreadCpuTime,
          threads::getThreadCount,
          () ->
              process instanceof UnixOperatingSystemMXBean unix
                  ? unix.getMaxFileDescriptorCount()
                  : 0);
    } catch (LinkageError | RuntimeException e) {
      return new ProcessMeter(() -> 0, System::nanoTime, () -> 0, () -> 0);
    }
  }
}
