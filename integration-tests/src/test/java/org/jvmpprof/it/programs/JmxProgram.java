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
  private static final String TEXT = String.class.getName();
  private static final String[] ONE_TEXT = {TEXT};
  private static final String[] TWO_TEXTS = {TEXT, TEXT};
  private static final Object LOCK = new Object();

  private JmxProgram() {}

  /** Runs. */
  public static void main(String[] args) throws JMException, InterruptedException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName profiler = new ObjectName("org.jvmpprof:type=Profiler");
    while (!server.isRegistered(profiler)) {
      Thread.sleep(5);
    }
    System.out.println("loader=" + server.getClassLoaderFor(profiler).getName());
    for (Object row : ((TabularData) server.getAttribute(profiler, "Status")).values()) {
      CompositeData entry = (CompositeData) row;
      System.out.println("status." + entry.get("key") + "=" + entry.get("value"));
    }
    server.setAttribute(profiler, new Attribute("MutexFraction", 7));
    System.out.println("mutex=" + server.getAttribute(profiler, "MutexFraction"));
    server.setAttribute(profiler, new Attribute("BlockNanos", 0L));
    System.out.println("block.off=" + server.getAttribute(profiler, "BlockNanos"));
    server.setAttribute(profiler, new Attribute("BlockNanos", 1L));
    System.out.println("block=" + server.getAttribute(profiler, "BlockNanos"));
    contend();
    String[] names = (String[]) server.getAttribute(profiler, "Profiles");
    System.out.println("profiles=" + String.join(",", names));
    Object[] dump = {"block", args[1]};
    server.invoke(profiler, "dump", dump, TWO_TEXTS);
    System.out.println(
        "dump.twice=" + thrownBy(() -> server.invoke(profiler, "dump", dump, TWO_TEXTS)));
    Object[] file = {args[0]};
    server.invoke(profiler, "startCpuProfile", file, ONE_TEXT);
    busy();
    server.invoke(profiler, "stopCpuProfile", new Object[0], new String[0]);
    System.out.println("done=true");
  }

  private interface Call {
    void run() throws JMException;
  }

  private static String thrownBy(Call call) {
    try {
      call.run();
      return "nothing";
    } catch (JMException e) {
      return String.valueOf(e.getCause());
    }
  }

  private static void contend() throws InterruptedException {
    Thread waiter = new Thread(JmxProgram::enter);
    synchronized (LOCK) {
      waiter.start();
      while (waiter.getState() != Thread.State.BLOCKED) {
        Thread.onSpinWait();
      }
      Cpu.burnNanos(20_000_000);
    }
    waiter.join();
  }

  private static void enter() {
    synchronized (LOCK) {
      Cpu.burnNanos(1);
    }
  }

  private static void busy() {
    Cpu.burnNanos(1_000_000_000);
  }
}
