package org.jvmpprof.agent.control;

import java.lang.management.ManagementFactory;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.jvmpprof.agent.log.AgentLog;

/**
 * Registers the profiler with JMX as soon as somebody uses JMX. To make the platform's MBean server
 * just for that would cost each JVM a part of a second and megabytes, and most are never asked.
 */
public final class JmxRegistration {
  private static final long POLL_MILLIS = 500;

  private JmxRegistration() {}

  /** Waits for an MBean server to be there and registers with the platform's. */
  public static void run(ProfilerControl control, AgentLog log) {
    try {
      while (MBeanServerFactory.findMBeanServer(null).isEmpty()) {
        Thread.sleep(POLL_MILLIS);
      }
      ManagementFactory.getPlatformMBeanServer()
          .registerMBean(control, new ObjectName(ProfilerMXBean.NAME));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception | LinkageError e) {
      // Runtimes may come without it.
      log.info("not in JMX: " + e);
    }
  }
}
