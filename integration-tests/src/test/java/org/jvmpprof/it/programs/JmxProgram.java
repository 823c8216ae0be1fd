package org.jvmpprof.it.programs;

import java.lang.management.ManagementFactory;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/** Drives the profiler as JConsole does: by name, knowing none of its classes. */
public final class JmxProgram {
  private static final String[] ONE_TEXT = {String.class.getName()};

  private JmxProgram() {}

  /** Runs. */
  public static void main(String[] args) throws JMException, InterruptedException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName profiler = new ObjectName("org.jvmpprof:type=Profiler");
    while (!server.isRegistered(profiler)) {
      Thread.sleep(5);
    }
    for (Object row : ((TabularData) server.getAttribute(profiler, "Status")).values()) {
      CompositeData entry = (CompositeData) row;
      System.out.println("status." + entry.get("key") + "=" + entry.get("value"));
    }
    server.setAttribute(profiler, new Attribute("MutexFraction", 7));
    System.out.println("mutex=" + server.getAttribute(profiler, "MutexFraction"));
    Object[] file = {args[0]};
    server.invoke(profiler, "startCpuProfile", file, ONE_TEXT);
    busy();
    server.invoke(profiler, "stopCpuProfile", new Object[0], new String[0]);
    System.out.println("done=true");
  }

  private static void busy() {
    Cpu.burnNanos(1_000_000_000);
  }
}
